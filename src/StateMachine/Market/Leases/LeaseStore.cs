using Chain.StateMachine.Core;
using Chain.StateMachine.Store;
using System;

namespace Chain.StateMachine.Market.Leases;

/// <summary>Load and store of leases, which are due at <see cref="Lease.Due"/>.</summary>
public static class LeaseStore
{
    private static readonly TimedRecords<Lease> Records = new(
        MarketSchema.Lease, TimedKind.Lease, Lease.TryDecode, lease => lease.Encode(), lease => lease.Id, lease => lease.Due,
        lease => lease.Held);

    /// <summary>As it was last written, or null. Messages use <see cref="LeaseClock.Load"/>.</summary>
    public static Lease? Read(IStateReader state, ulong id) => Records.Read(state, id);

    /// <summary>Writes it and keeps the queue in step; <paramref name="before"/> is null for a new one.</summary>
    public static void Store(StateOverlay state, Lease? before, Lease after) => Records.Store(state, before, after);

    public static void Delete(StateOverlay state, Lease gone) => Records.Delete(state, gone);

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Records.HeldBy(value);
}
