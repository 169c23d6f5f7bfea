using System;
using Chain.Primitives;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Core;

/// <summary>
/// Treasury, validator rewards, reliability pool, burned and minted totals. The sums of credits that they can hold are
/// below 2^64 because all credits together are, so additions do not overflow while conservation holds.
/// </summary>
public static class Pools
{
    public static PoolBalances Load(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(Schema.Pools));
        return bytes is null ? PoolBalances.Empty : Decode(bytes);
    }

    public static void Store(StateOverlay state, PoolBalances pools) =>
        state.Put(StoreId.Market, Schema.Key(Schema.Pools), pools.Encode());

    /// <summary>Splits a fee: half burned, a quarter to the validators, the remainder to the treasury.</summary>
    public static void TakeFee(StateOverlay state, ulong fee)
    {
        if (fee == 0) return;
        PoolBalances pools = Load(state);
        ulong burned = fee / 2;
        ulong validators = fee / 4;
        Store(state, pools with
        {
            Burned = pools.Burned + burned,
            ValidatorRewards = pools.ValidatorRewards + validators,
            Treasury = pools.Treasury + (fee - burned - validators),
        });
    }

    public static void Burn(StateOverlay state, ulong amount)
    {
        PoolBalances pools = Load(state);
        Store(state, pools with { Burned = pools.Burned + amount });
    }

    public static void AddToTreasury(StateOverlay state, ulong amount)
    {
        PoolBalances pools = Load(state);
        Store(state, pools with { Treasury = pools.Treasury + amount });
    }

    public static void AddToReliability(StateOverlay state, ulong amount)
    {
        PoolBalances pools = Load(state);
        Store(state, pools with { Reliability = pools.Reliability + amount });
    }

    /// <summary>Held + burned − minted: over all keys this sums to zero.</summary>
    internal static Int128 Held(ReadOnlyMemory<byte> value)
    {
        PoolBalances pools = Decode(value.Span);
        Int128 held = (Int128)pools.Treasury + pools.ValidatorRewards + pools.Reliability;
        return held + pools.Burned - pools.Minted;
    }

    private static PoolBalances Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = PoolBalances.TryDecode(bytes, out PoolBalances pools, out _);
        Invariant.Holds(isCanonical, "the stored pools are canonical");
        return pools;
    }
}
