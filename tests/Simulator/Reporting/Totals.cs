using System.Globalization;

namespace Chain.Simulator.Reporting;

/// <summary>What runs covered, added up.</summary>
internal sealed class Totals
{
    public long Seeds { get; set; }
    public long Heights { get; set; }
    public long Rounds { get; set; }
    public long Events { get; set; }
    public long Messages { get; set; }
    public long Crashes { get; set; }
    public long Blackouts { get; set; }
    public long Partitions { get; set; }
    public long Pauses { get; set; }
    public long ByzantineActs { get; set; }
    public long Evidence { get; set; }
    public long SetChanges { get; set; }
    public long KeyChanges { get; set; }
    public long Transactions { get; set; }

    public void Add(Totals other)
    {
        Seeds += other.Seeds;
        Heights += other.Heights;
        Rounds += other.Rounds;
        Events += other.Events;
        Messages += other.Messages;
        Crashes += other.Crashes;
        Blackouts += other.Blackouts;
        Partitions += other.Partitions;
        Pauses += other.Pauses;
        ByzantineActs += other.ByzantineActs;
        Evidence += other.Evidence;
        SetChanges += other.SetChanges;
        KeyChanges += other.KeyChanges;
        Transactions += other.Transactions;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seeds:N0} seeds: {Heights:N0} heights, {Rounds:N0} rounds beyond the first, {Events:N0} events, {Messages:N0} messages, "
        + $"{Crashes:N0} crashes ({Blackouts:N0} of all nodes at once), {Partitions:N0} partitions, {Pauses:N0} pauses, "
        + $"{ByzantineActs:N0} Byzantine acts, {Evidence:N0} pieces of evidence, {SetChanges:N0} changes of the validator set, {KeyChanges:N0} of a validator's key, "
        + $"{Transactions:N0} transactions");
}
