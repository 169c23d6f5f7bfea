using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Market.Rebates;

/// <summary>Load and store of rebates, and how leases add to them.</summary>
public static class RebateBook
{
    /// <summary>Adds a lease's epoch that was judged; called once for each.</summary>
    /// <param name="foundBps">The availability that probers found.</param>
    internal static void Count(ExecutionContext context, Lease lease, EpochPayout payout, ulong foundBps, MarketTime at)
    {
        Parameters parameters = context.Block.Parameters;
        if (foundBps <= parameters.RebateFloorBps || payout.Net == 0) return;
        RebateEntry before = LoadEntry(context.State, at, lease.Provider);
        ulong weighted = (ulong)((UInt128)payout.Net * (foundBps - parameters.RebateFloorBps) / LeaseMath.BasisPoints);
        RebateEntry after = new(before.Net + payout.Net, before.Weighted + weighted, before.Fee + payout.Fee);
        context.State.Put(StoreId.Market, EntryKey(at, lease.Provider), after.Encode());
        RebateEpoch epoch = Load(context.State, at) ?? RebateEpoch.None;
        ulong cap = parameters.RebateEarningsMax;
        Store(context.State, at, epoch with { Points = epoch.Points - before.Points(cap) + after.Points(cap) });
        TimedQueue.Schedule(context.State, at, TimedKind.Rebate, IdOf(at));
    }

    public static RebateEpoch? Load(IStateReader state, MarketTime ends)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(MarketSchema.RebateEpoch, ends.Seconds));
        return bytes is null ? null : DecodeEpoch(bytes);
    }

    public static RebateEntry LoadEntry(IStateReader state, MarketTime ends, in Address provider)
    {
        byte[]? bytes = state.Get(StoreId.Market, EntryKey(ends, provider));
        return bytes is null ? RebateEntry.None : DecodeEntry(bytes);
    }

    internal static void Store(StateOverlay state, MarketTime ends, RebateEpoch epoch) =>
        state.Put(StoreId.Market, Schema.Key(MarketSchema.RebateEpoch, ends.Seconds), epoch.Encode());

    internal static void Delete(StateOverlay state, MarketTime ends) =>
        state.Delete(StoreId.Market, Schema.Key(MarketSchema.RebateEpoch, ends.Seconds));

    internal static void DeleteEntry(StateOverlay state, MarketTime ends, in Address provider) =>
        state.Delete(StoreId.Market, EntryKey(ends, provider));

    /// <summary>Entries of an epoch from a provider on, by address ascending.</summary>
    internal static IEnumerable<(Address Provider, RebateEntry Entry)> From(IStateReader state, MarketTime ends, Address first)
    {
        byte[] epoch = Schema.Key(MarketSchema.RebateEntry, ends.Seconds);
        foreach ((byte[] key, byte[] value) in state.Range(StoreId.Market, EntryKey(ends, first), Schema.RangeEnd(epoch)))
        {
            yield return (Address.From(key.AsSpan(epoch.Length)), DecodeEntry(value));
        }
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => DecodeEpoch(value.Span).Left;

    internal static byte[] IdOf(MarketTime ends) => Schema.Key(0, ends.Seconds)[1..];

    private static byte[] EntryKey(MarketTime ends, in Address provider) =>
        [.. Schema.Key(MarketSchema.RebateEntry, ends.Seconds), .. provider.Span];

    private static RebateEpoch DecodeEpoch(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = RebateEpoch.TryDecode(bytes, out RebateEpoch epoch, out _);
        Invariant.Holds(isCanonical, "a stored rebate epoch is canonical");
        return epoch;
    }

    private static RebateEntry DecodeEntry(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = RebateEntry.TryDecode(bytes, out RebateEntry entry, out _);
        Invariant.Holds(isCanonical, "a stored rebate entry is canonical");
        return entry;
    }
}
