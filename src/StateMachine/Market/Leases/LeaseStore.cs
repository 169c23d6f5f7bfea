using System;
using Chain.Primitives;
using Chain.StateMachine.Core;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Market.Leases;

/// <summary>Load and store of leases. Each has one entry in the timed queue, at its <see cref="Lease.Due"/>.</summary>
public static class LeaseStore
{
    /// <summary>The lease as it was last written, or null. Messages use <see cref="LeaseClock.Load"/>.</summary>
    public static Lease? Read(IStateReader state, ulong id)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(MarketSchema.Lease, id));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>Writes a lease and keeps the queue in step; <paramref name="before"/> is null for a new one.</summary>
    public static void Store(StateOverlay state, Lease? before, Lease after)
    {
        byte[] key = Schema.Key(MarketSchema.Lease, after.Id);
        state.Put(StoreId.Market, key, after.Encode());
        if (before?.Due == after.Due) return;
        if (before is not null) TimedQueue.Cancel(state, before.Due, TimedKind.Lease, key.AsSpan(1));
        TimedQueue.Schedule(state, after.Due, TimedKind.Lease, key.AsSpan(1));
    }

    public static void Delete(StateOverlay state, Lease lease)
    {
        byte[] key = Schema.Key(MarketSchema.Lease, lease.Id);
        state.Delete(StoreId.Market, key);
        TimedQueue.Cancel(state, lease.Due, TimedKind.Lease, key.AsSpan(1));
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).Held;

    private static Lease Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = Lease.TryDecode(bytes, out Lease lease, out _);
        Invariant.Holds(isCanonical, "a stored lease is canonical");
        return lease;
    }
}
