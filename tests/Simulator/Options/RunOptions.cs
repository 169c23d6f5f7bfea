using System.Collections.Generic;
using Chain.Simulator.Network;

namespace Chain.Simulator.Options;

/// <summary>All that a seed decides before a run begins. Times in milliseconds, chances in thousandths.</summary>
internal sealed record RunOptions
{
    public required ulong Seed { get; init; }

    /// <summary>Voting power of each validator; twins share one entry.</summary>
    public required IReadOnlyList<long> Powers { get; init; }

    /// <summary>How each validator behaves.</summary>
    public required IReadOnlyList<ByzantineKind> Kinds { get; init; }

    public required LinkQuality Network { get; init; }

    /// <summary>How long things go wrong.</summary>
    public required long SafetyMs { get; init; }

    /// <summary>Blocks that each healed node must decide afterwards.</summary>
    public required int LivenessBlocks { get; init; }

    /// <summary>Mean time between two crashes of one node; 0 for none.</summary>
    public required long CrashEveryMs { get; init; }

    public required long DownMsMax { get; init; }

    /// <summary>Of the crashes, how many are the process alone: what was written stays.</summary>
    public required int KillPerMille { get; init; }

    /// <summary>How often a precommit on its way makes the whole cluster lose its power.</summary>
    public required int BlackoutPerMille { get; init; }

    /// <summary>Mean time between two partitions; 0 for none.</summary>
    public required long PartitionEveryMs { get; init; }

    public required long PartitionMsMax { get; init; }

    /// <summary>Mean time between two moments in which precommits reach one node only, or nobody; 0 for none.</summary>
    public required long HoldEveryMs { get; init; }

    public required long HoldMsMax { get; init; }

    /// <summary>Mean time between two pauses of a node; 0 for none.</summary>
    public required long PauseEveryMs { get; init; }

    public required long PauseMsMax { get; init; }

    /// <summary>How many nodes are slow, and what each event costs them.</summary>
    public required int SlowPerMille { get; init; }

    public required long SlowMsMax { get; init; }

    /// <summary>Wall clocks lie within plus and minus this.</summary>
    public required long SkewMsMax { get; init; }

    /// <summary>Clocks drift by up to this many parts per million.</summary>
    public required long DriftPpmMax { get; init; }

    public required long EmptyBlockMs { get; init; }

    /// <summary>Least time between two blocks; 0 in most runs.</summary>
    public required long MinBlockMs { get; init; }

    /// <summary>The timeouts of a round, in per cent of the usual ones.</summary>
    public required int TimeoutPercent { get; init; }

    /// <summary>Mean time between two transactions; 0 for none.</summary>
    public required long LoadEveryMs { get; init; }

    /// <summary>Every node verifies every signature itself, instead of sharing what one has verified.</summary>
    public required bool VerifiesAll { get; init; }

    /// <summary>
    /// The one validator that bonds more, by place; null for none. The faulty ones are less than a third without it, and the
    /// healed quorum is one with it and, where it leaves, without it.
    /// </summary>
    public required int? Mover { get; init; }

    /// <summary>The mover rotates its keys as well, gives up its seat, and asks for one again.</summary>
    public required bool MoverLeaves { get; init; }

    /// <summary>All chosen values, for a person.</summary>
    public IEnumerable<string> Describe()
    {
        yield return $"seed {Seed}: {Powers.Count} validators, powers {string.Join(' ', Powers)}";
        yield return $"faulty: {DescribeKinds()}; mover: {(Mover is not { } place ? "none" : MoverLeaves ? $"{place}, leaves" : $"{place}")}";
        yield return Network.ToString();
        yield return $"safety {SafetyMs} ms, then {LivenessBlocks} blocks; empty block every {EmptyBlockMs} ms, none within {MinBlockMs} ms, timeouts {TimeoutPercent} %";
        yield return $"crash every {CrashEveryMs} ms, down up to {DownMsMax} ms, {KillPerMille} ‰ process only, blackout {BlackoutPerMille} ‰";
        yield return $"partition every {PartitionEveryMs} ms up to {PartitionMsMax} ms; pause every {PauseEveryMs} ms up to {PauseMsMax} ms";
        yield return $"precommits held back every {HoldEveryMs} ms up to {HoldMsMax} ms";
        yield return $"slow {SlowPerMille} ‰ by up to {SlowMsMax} ms; skew {SkewMsMax} ms, drift {DriftPpmMax} ppm";
        yield return $"a transaction every {LoadEveryMs} ms; {(VerifiesAll ? "every node verifies" : "verified once for all")}";
    }

    private string DescribeKinds()
    {
        List<string> faulty = [];
        for (int i = 0; i < Kinds.Count; i++)
        {
            if (Kinds[i] != ByzantineKind.None) faulty.Add($"{i} {Kinds[i]}");
        }
        return faulty.Count == 0 ? "none" : string.Join(", ", faulty);
    }
}
