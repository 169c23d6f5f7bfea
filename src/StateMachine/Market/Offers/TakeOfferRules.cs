using System;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Prices;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Offers;

/// <summary>
/// Kind 7, version 2: the tenant pays for the offer's rate, the provider's side is set aside as a bid's would be, and both an order
/// that is filled and its lease are written. The offer stays listed. A curve price is the one of the moment, and holds for the lease.
/// </summary>
public static class TakeOfferRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        TakeOffer request = (TakeOffer)message;
        OrderTerms terms = request.Terms;
        Parameters parameters = context.Block.Parameters;
        ResultCode bounds = OpenOrderRules.CheckBounds(terms, parameters);
        if (bounds != ResultCode.Ok) return bounds;
        if (terms.Replicas != 1) return ResultCode.OverMaximum;
        // One posted price is one provider's: it has no other to go to.
        if (terms.Mode != AuctionMode.Open || terms.Renewals > 0) return ResultCode.BadState;
        Offer? offer = OfferClock.Load(context, request.OfferId);
        Provider? provider = offer is null ? null : CapacityClock.LoadProvider(context, offer.Provider);
        if (offer is null || provider is null) return ResultCode.NotFound;
        ulong rate = RateOf(context, offer.Terms);
        UInt128 collateral = LeaseCollateral.Of(context, offer.Provider, rate, context.Now);
        ResultCode fits = Check(context, terms, offer, provider, rate, collateral);
        if (fits != ResultCode.Ok) return fits;
        UInt128 bucket = (UInt128)rate * terms.PrepaidSeconds;
        UInt128 total = bucket + terms.Deposit + parameters.StorageDeposit + parameters.StorageDeposit;
        if (total > ulong.MaxValue) return ResultCode.Overflow;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, (ulong)total);
        if (debited != ResultCode.Ok) return debited;
        // The provider's side cannot be made: for the tenant, nothing fits.
        if (Ledger.Debit(context.State, offer.Provider, offer.Terms.Deposit) != ResultCode.Ok) return ResultCode.NoMatch;

        Write(context, offer, provider, terms, rate, (ulong)bucket, (ulong)collateral);
        return ResultCode.Ok;
    }

    /// <summary>What the offer costs now, ncredit per second.</summary>
    private static ulong RateOf(ExecutionContext context, OfferTerms terms)
    {
        if (terms.CurveBps == 0) return terms.RatePerSecond;
        PriceBook prices = PriceBook.At(context.State, context.Now, context.Block.Parameters);
        return Math.Max(terms.RatePerSecond, prices.RateOf(terms.Resources, terms.CurveBps));
    }

    private static ResultCode Check(
        ExecutionContext context, OrderTerms terms, Offer offer, Provider provider, ulong rate, UInt128 collateral)
    {
        if (offer.Provider == context.Sender) return ResultCode.SelfDeal;
        if (Identities.AreLinked(context, context.Sender, offer.Provider)) return ResultCode.LinkedIdentity;
        if (!AddressList.Admits(offer.Terms.Allowed, offer.Terms.Denied, context.Sender)) return ResultCode.NoMatch;
        bool isSame = offer.Terms.Resources.Serves(terms.Needs.Resources) && offer.Terms.Sla >= terms.Needs.Sla
            && terms.NoticeSeconds <= offer.Terms.NoticeSeconds && terms.MinTermSeconds >= offer.Terms.MinTermSeconds;
        if (!isSame) return ResultCode.NoMatch;
        if (rate > terms.RateMax) return ResultCode.Price;
        ResultCode eligible = Eligibility.Check(context, terms.Needs, provider, context.Now, rate);
        if (eligible != ResultCode.Ok) return eligible;
        if (!ProvenCapacity.HasFree(context, provider, offer.Terms.Resources)) return ResultCode.Capacity;
        return collateral > provider.StakeFree ? ResultCode.StakeLocked : ResultCode.Ok;
    }

    private static void Write(
        ExecutionContext context, Offer offer, Provider provider, OrderTerms terms, ulong rate,
        ulong bucket, ulong collateral)
    {
        Parameters parameters = context.Block.Parameters;
        Order order = new(
            Counters.Next(context.State, CounterKind.Order), context.Sender, terms, OrderState.Filled, Leased: 1, Escrow: 0,
            Deposit: 0, parameters.StorageDeposit, context.Now, context.Now + parameters.PruneSeconds,
            parameters.PruneSeconds, [], []);
        OrderStore.Store(context.State, null, order);
        Bid agreed = new(
            order.Id, offer.Provider, rate, offer.Terms.NoticeSeconds, BidState.Won, offer.Terms.Deposit,
            collateral, StorageDeposit: 0, context.Now)
        {
            Resources = offer.Terms.Resources,
            Sla = offer.Terms.Sla,
        };
        Lease lease = NewLease.Create(context, order, agreed, bucket, context.Now);
        LeaseStore.Store(context.State, null, lease);
        Providers.Store(context.State, provider
            .WithUnits(offer.Terms.Resources, reserved: 0, leased: 1)
            .WithLocked(collateral) with { LiveLeases = provider.LiveLeases + 1 });
        context.Emit(new Event("OfferTaken",
        [
            new("offer", offer.Id),
            new("provider", offer.Provider),
            new("from", "listed"),
            new("to", "listed"),
            new("order", order.Id),
            new("lease", lease.Id),
            new("rate", rate),
            new("deposit", offer.Terms.Deposit),
        ]));
        context.Emit(new Event("OrderFilled",
        [
            new("order", order.Id),
            new("from", "none"),
            new("to", OrderNames.Of(order.State)),
            new("storage_deposit", order.StorageDeposit),
        ]));
        NewLease.EmitCreated(context, lease, refund: 0);
    }
}
