using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Offers;

/// <summary>Kind 6. Posting promises no units and no stake: whether they are free is judged again when the offer is taken.</summary>
public static class ChangeOfferRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        ChangeOffer request = (ChangeOffer)message;
        return request.Action == OfferAction.Post ? Post(context, request) : Withdraw(context, request.OfferId);
    }

    private static ResultCode Post(ExecutionContext context, ChangeOffer request)
    {
        Parameters parameters = context.Block.Parameters;
        OfferTerms terms = request.Terms;
        Provider? provider = CapacityClock.LoadProvider(context, context.Sender);
        if (provider is null) return ResultCode.NotFound;
        if (!provider.MayBidAt(context.Now)) return ResultCode.BadState;
        ResultCode bounds = CheckBounds(request, parameters);
        if (bounds != ResultCode.Ok) return bounds;
        if (!ProvenCapacity.HasFree(context, provider, terms.Resources)) return ResultCode.Capacity;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, parameters.StorageDeposit);
        if (debited != ResultCode.Ok) return debited;

        Offer offer = new(
            Counters.Next(context.State, CounterKind.Offer), context.Sender, terms, context.Now,
            context.Now + request.ValidSeconds, parameters.StorageDeposit);
        OfferStore.Add(context.State, offer);
        context.Emit(new Event("OfferPosted",
        [
            new("offer", offer.Id),
            new("provider", offer.Provider),
            new("from", "none"),
            new("to", "listed"),
            new("cpu_milli", terms.Resources.CpuMilli),
            new("memory_mib", terms.Resources.MemoryMib),
            new("storage_gib", terms.Resources.StorageGib),
            new("gpus", terms.Resources.Gpus),
            new("gpu", terms.Resources.Gpu.ToString()),
            new("rate", terms.RatePerSecond),
            new("curve_bps", terms.CurveBps),
            new("sla", (ulong)terms.Sla),
            new("storage_deposit", offer.StorageDeposit),
            new("valid_until", offer.ValidUntil.Seconds),
        ]));
        return ResultCode.Ok;
    }

    private static ResultCode CheckBounds(ChangeOffer request, Parameters parameters)
    {
        OfferTerms terms = request.Terms;
        bool isBelow = terms.Resources.IsEmpty || terms.RatePerSecond == 0 || request.ValidSeconds == 0
            || terms.Deposit < parameters.BidDepositMin
            || terms.NoticeSeconds < parameters.NoticeSecondsMin;
        if (isBelow) return ResultCode.BelowMinimum;
        bool isOver = !terms.Resources.IsWithin(MarketLimits.UnitsMax)
            || terms.RatePerSecond > MarketLimits.RatePerSecondMax
            || terms.MinTermSeconds > MarketLimits.SecondsMax
            || terms.NoticeSeconds > parameters.NoticeSecondsMax
            || request.ValidSeconds > parameters.OrderExpirySecondsMax;
        return isOver ? ResultCode.OverMaximum : ResultCode.Ok;
    }

    private static ResultCode Withdraw(ExecutionContext context, ulong id)
    {
        Offer? offer = OfferClock.Load(context, id);
        if (offer is null) return ResultCode.NotFound;
        if (offer.Provider != context.Sender) return ResultCode.NotOwner;
        OfferClock.Remove(context, offer, "OfferWithdrawn", "withdrawn");
        return ResultCode.Ok;
    }
}
