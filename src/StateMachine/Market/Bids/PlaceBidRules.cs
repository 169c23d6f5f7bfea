using System;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Reputation;

namespace Chain.StateMachine.Market.Bids;

/// <summary>
/// Kind 9: reserves the units, locks the collateral and takes the deposit. When the order has its full number of live bids, a
/// better one evicts the worst, which gets everything back at once; slots therefore cannot be used up.
/// </summary>
public static class PlaceBidRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        PlaceBid request = (PlaceBid)message;
        Parameters parameters = context.Block.Parameters;
        Order? order = OrderClock.Load(context, request.OrderId);
        Provider? provider = CapacityClock.LoadProvider(context, context.Sender);
        ResultCode code = Check(context, request, order, provider, out ResourceVector units);
        if (code != ResultCode.Ok) return code;
        UInt128 collateral = LeaseCollateral.Of(context, context.Sender, request.RatePerSecond, context.Now);
        if (collateral > provider!.StakeFree) return ResultCode.StakeLocked;
        UInt128 total = (UInt128)request.Deposit + parameters.StorageDeposit;
        if (total > ulong.MaxValue) return ResultCode.Overflow;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, (ulong)total);
        if (debited != ResultCode.Ok) return debited;

        Providers.Store(context.State, provider.Reserve(units, (ulong)collateral));
        Bid bid = new(
            order!.Id, context.Sender, request.RatePerSecond, request.NoticeSeconds, BidState.Open, request.Deposit,
            (ulong)collateral, parameters.StorageDeposit, context.Now)
        {
            Resources = units,
            Sla = request.Promise.Sla,
        };
        BidStore.Store(context.State, bid);
        Order after = order.Bids.Count < (int)parameters.BidCap ? order : Evict(context, order, order.FindWorstBid());
        after = after with { Bids = [.. after.Bids, Listed(context, bid.RatePerSecond)] };
        OrderStore.Store(context.State, order, after);
        context.Emit(new Event("BidPlaced",
        [
            new("order", bid.OrderId),
            new("provider", bid.Provider),
            new("from", "none"),
            new("to", "open"),
            new("rate", bid.RatePerSecond),
            new("deposit", bid.Deposit),
            new("collateral", bid.Collateral),
            new("storage_deposit", bid.StorageDeposit),
            new("sla", (ulong)bid.Sla),
            new("gpu", bid.Resources.Gpu.ToString()),
        ]));
        return ResultCode.Ok;
    }

    private static ResultCode Check(
        ExecutionContext context, PlaceBid request, Order? order, Provider? provider, out ResourceVector units)
    {
        units = ResourceVector.None;
        Parameters parameters = context.Block.Parameters;
        if (order is null || provider is null) return ResultCode.NotFound;
        if (!order.TakesBids) return order.State == OrderState.Expired ? ResultCode.TooLate : ResultCode.BadState;
        if (order.IsSealed) return ResultCode.BadState;
        if (request.RatePerSecond == 0) return ResultCode.BelowMinimum;
        if (request.RatePerSecond > order.Terms.RateMax) return ResultCode.Price;
        ResultCode fits = CheckBidder(
            context, order, provider, request.RatePerSecond, request.Deposit, request.NoticeSeconds, request.Promise, out units);
        if (fits != ResultCode.Ok) return fits;
        bool hasRoom = order.Bids.Count < (int)parameters.BidCap
            || AuctionMath.IsBetter(Listed(context, request.RatePerSecond), order.Bids[order.FindWorstBid()]);
        return hasRoom ? ResultCode.Ok : ResultCode.BidCap;
    }

    /// <summary>Whether the sender may bid on an order that takes bids, whatever its rate is.</summary>
    internal static ResultCode CheckBidder(
        ExecutionContext context, Order order, Provider provider, ulong rate, ulong deposit, ulong noticeSeconds,
        BidPromise promise, out ResourceVector units)
    {
        units = ResourceVector.None;
        Parameters parameters = context.Block.Parameters;
        if (order.Tenant == context.Sender) return ResultCode.SelfDeal;
        if (Identities.AreLinked(context, order.Tenant, context.Sender)) return ResultCode.LinkedIdentity;
        if (BidStore.Load(context.State, order.Id, context.Sender) is not null) return ResultCode.Exists;
        bool isBelow = deposit < parameters.BidDepositMin || noticeSeconds < order.Terms.NoticeSeconds
            || promise.Sla < order.Terms.Needs.Sla;
        if (isBelow) return ResultCode.BelowMinimum;
        if (noticeSeconds > parameters.NoticeSecondsMax) return ResultCode.OverMaximum;
        OrderNeeds needs = order.Terms.Needs;
        ResultCode eligible = Eligibility.Check(context, needs, provider, context.Now, rate);
        if (eligible != ResultCode.Ok) return eligible;
        ResultCode found = ResourceFit.Find(provider, needs.Resources, promise.Gpu, out units);
        if (found != ResultCode.Ok) return found;
        return ProvenCapacity.HasFree(context, provider, units) ? ResultCode.Ok : ResultCode.Capacity;
    }

    private static ListedBid Listed(ExecutionContext context, ulong rate) => new(
        context.Sender,
        rate,
        AuctionMath.QualityBps(ReputationBook.BpsOf(context.State, context.Sender, context.Now, context.Block.Parameters)));

    /// <summary>Takes a live bid out: it gets everything back at once and leaves no record.</summary>
    internal static Order Evict(ExecutionContext context, Order order, int place)
    {
        Bid worst = BidStore.LoadListed(context.State, order.Id, order.Bids[place].Provider);
        OrderClock.Refund(context, worst);
        Payments.Pay(context, worst.Provider, worst.StorageDeposit);
        BidStore.Delete(context.State, worst);
        context.Emit(new Event("BidEvicted",
        [
            new("order", order.Id),
            new("provider", worst.Provider),
            new("from", worst.State == BidState.Open ? "open" : "committed"),
            new("to", "evicted"),
            new("rate", worst.RatePerSecond),
            new("refund", worst.Deposit),
            new("unlocked", worst.Collateral),
            new("storage_deposit", worst.StorageDeposit),
        ]));
        return order.WithoutBid(place);
    }
}
