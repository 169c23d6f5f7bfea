using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;

namespace Chain.StateMachine.Market.Offers;

/// <summary>What time does to an offer: it goes when it is no longer valid, whoever looks at it first.</summary>
public static class OfferClock
{
    /// <summary>The offer at the block's time, or null when there is none (any more).</summary>
    public static Offer? Load(ExecutionContext context, ulong id)
    {
        Offer? offer = OfferStore.Read(context.State, id);
        if (offer is null || offer.ValidUntil > context.Now) return offer;
        Remove(context, offer, "OfferExpired", "expired");
        return null;
    }

    /// <summary>Ends an offer: its provider gets the storage deposit back.</summary>
    public static void Remove(ExecutionContext context, Offer offer, string happened, string state)
    {
        OfferStore.Delete(context.State, offer);
        Payments.Pay(context, offer.Provider, offer.StorageDeposit);
        context.Emit(new Event(happened,
        [
            new("offer", offer.Id),
            new("provider", offer.Provider),
            new("from", "listed"),
            new("to", state),
            new("storage_deposit", offer.StorageDeposit),
        ]));
    }
}
