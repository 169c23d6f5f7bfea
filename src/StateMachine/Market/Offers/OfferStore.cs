using Chain.StateMachine.Core;
using Chain.StateMachine.Store;
using System;

namespace Chain.StateMachine.Market.Offers;

/// <summary>Load and store of offers, which are due at <see cref="Offer.ValidUntil"/>.</summary>
public static class OfferStore
{
    private static readonly TimedRecords<Offer> Records = new(
        MarketSchema.Offer, TimedKind.Offer, Offer.TryDecode, offer => offer.Encode(), offer => offer.Id, offer => offer.ValidUntil,
        offer => offer.StorageDeposit);

    /// <summary>As it was last written, or null. Messages use <see cref="OfferClock.Load"/>.</summary>
    public static Offer? Read(IStateReader state, ulong id) => Records.Read(state, id);

    /// <summary>Writes a new offer; it never changes.</summary>
    public static void Add(StateOverlay state, Offer offer) => Records.Store(state, null, offer);

    public static void Delete(StateOverlay state, Offer gone) => Records.Delete(state, gone);

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Records.HeldBy(value);
}
