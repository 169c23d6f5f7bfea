using System;
using Chain.Primitives;
using Chain.StateMachine.Core;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Market.Offers;

/// <summary>Load and store of offers. Each has one entry in the timed queue, at its <see cref="Offer.ValidUntil"/>.</summary>
public static class OfferStore
{
    /// <summary>The offer as it was written, or null. Messages use <see cref="OfferClock.Load"/>.</summary>
    public static Offer? Read(IStateReader state, ulong id)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(MarketSchema.Offer, id));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>Writes a new offer; it never changes.</summary>
    public static void Add(StateOverlay state, Offer offer)
    {
        byte[] key = Schema.Key(MarketSchema.Offer, offer.Id);
        state.Put(StoreId.Market, key, offer.Encode());
        TimedQueue.Schedule(state, offer.ValidUntil, TimedKind.Offer, key.AsSpan(1));
    }

    public static void Delete(StateOverlay state, Offer offer)
    {
        byte[] key = Schema.Key(MarketSchema.Offer, offer.Id);
        state.Delete(StoreId.Market, key);
        TimedQueue.Cancel(state, offer.ValidUntil, TimedKind.Offer, key.AsSpan(1));
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).StorageDeposit;

    private static Offer Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = Offer.TryDecode(bytes, out Offer offer, out _);
        Invariant.Holds(isCanonical, "a stored offer is canonical");
        return offer;
    }
}
