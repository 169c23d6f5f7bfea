using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Transactions.Update;

/// <summary>The sender, a provider, changes its status or what it says of itself; at least one thing.</summary>
/// <param name="Region">Empty to keep it.</param>
/// <param name="EndpointHash">Zero to keep it.</param>
/// <param name="Capacity">New totals, ascending; what is not listed keeps its own.</param>
public sealed record Update(
    StatusChange Change, string Region, Hash256 EndpointHash, IReadOnlyList<ClassCapacity> Capacity) : Message
{
    public const int FieldCount = 6;

    /// <summary>Time to announce for maintenance; null for none. What it is charged is the chain's to say, here 0.</summary>
    public MaintenanceWindow? Maintenance { get; init; }

    /// <summary>The snapshot of the running period, with all of <see cref="Capacity"/> listed; null for none.</summary>
    public CapacitySnapshot? Snapshot { get; init; }

    public override MessageKind Kind => MessageKind.Update;

    /// <summary>True when it changes what the provider says of itself; a snapshot repeats that.</summary>
    public bool ChangesFields => Region.Length > 0 || !EndpointHash.IsZero || (Capacity.Count > 0 && Snapshot is null);

    public static Update Announce(MarketTime from, MarketTime to) =>
        new(StatusChange.None, "", default, []) { Maintenance = new MaintenanceWindow(from, to, 0) };

    public static Update Show(ulong period, in Hash256 inventory, IReadOnlyList<ClassCapacity> capacity) =>
        new(StatusChange.None, "", default, capacity) { Snapshot = new CapacitySnapshot(period, inventory) };

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.UInt((ulong)Change).Str(Region).Bin(EndpointHash);
        ProviderText.WriteTotals(ref writer, Capacity);
        MaintenanceWindow.WriteAll(ref writer, Maintenance is { } window ? [window] : []);
        CapacitySnapshot.Write(ref writer, Snapshot);
    }

    public static Message Read(ref MessagePackReader reader)
    {
        StatusChange change = (StatusChange)reader.UInt8();
        Update update = new(
            change, reader.Str(ProviderText.RegionBytesMax), reader.Hash256(), ProviderText.ReadTotals(ref reader));
        MaintenanceWindow[] windows = MaintenanceWindow.ReadAll(ref reader);
        update = update with
        {
            Maintenance = windows.Length == 1 ? windows[0] : null,
            Snapshot = CapacitySnapshot.Read(ref reader),
        };
        bool asksForSomething = change != StatusChange.None || update.ChangesFields || windows.Length == 1
            || update.Snapshot is not null;
        bool isWell = Enum.IsDefined(change) && asksForSomething && windows.Length <= 1
            && (windows.Length == 0 || windows[0].ChargedSeconds == 0);
        if (!isWell) reader.Fail(DecodeCode.OutOfRange);
        return update;
    }
}
