using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Market.Bids;

/// <summary>Load and store of bids, under the order's number and the provider's address.</summary>
public static class BidStore
{
    /// <summary>The raw key of a bid, for proofs.</summary>
    public static byte[] Key(ulong orderId, in Address provider) =>
        [.. Schema.Key(MarketSchema.Bid, orderId), .. provider.Span];

    /// <summary>The bid, or null. Bring its order to time before.</summary>
    public static Bid? Load(IStateReader state, ulong orderId, in Address provider)
    {
        byte[]? bytes = state.Get(StoreId.Market, Key(orderId, provider));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>A bid that an order lists.</summary>
    public static Bid LoadListed(IStateReader state, ulong orderId, in Address provider)
    {
        Bid? bid = Load(state, orderId, provider);
        Invariant.Holds(bid is not null, "a listed bid is stored");
        return bid;
    }

    public static void Store(StateOverlay state, Bid bid) =>
        state.Put(StoreId.Market, Key(bid.OrderId, bid.Provider), bid.Encode());

    public static void Delete(StateOverlay state, Bid bid) => state.Delete(StoreId.Market, Key(bid.OrderId, bid.Provider));

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).Held;

    private static Bid Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = Bid.TryDecode(bytes, out Bid bid, out _);
        Invariant.Holds(isCanonical, "a stored bid is canonical");
        return bid;
    }
}
