using System;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Auctions;

/// <summary>
/// Kind 9, version 2. Units and collateral for the highest rate are set aside, so that they tell nothing. There is room for many
/// more than an order keeps: the best are chosen when they are revealed, and each place costs a stake and a deposit.
/// </summary>
public static class SealBidRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        SealBid request = (SealBid)message;
        Parameters parameters = context.Block.Parameters;
        Order? order = OrderClock.Load(context, request.OrderId);
        Provider? provider = CapacityClock.LoadProvider(context, context.Sender);
        if (order is null || provider is null) return ResultCode.NotFound;
        if (!order.IsSealed) return ResultCode.BadState;
        if (order.State != OrderState.Open) return ResultCode.TooLate;
        if (request.Commit.IsZero) return ResultCode.BadCommit;
        ResultCode fits = PlaceBidRules.CheckBidder(
            context, order, provider, order.Terms.RateMax, request.Deposit, request.NoticeSeconds, request.Promise, out ResourceVector units);
        if (fits != ResultCode.Ok) return fits;
        if (order.Bids.Count >= MarketLimits.BidsListedMax) return ResultCode.BidCap;
        UInt128 collateral = LeaseCollateral.Of(context, context.Sender, order.Terms.RateMax, context.Now);
        if (collateral > provider.StakeFree) return ResultCode.StakeLocked;
        UInt128 total = (UInt128)request.Deposit + parameters.StorageDeposit;
        if (total > ulong.MaxValue) return ResultCode.Overflow;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, (ulong)total);
        if (debited != ResultCode.Ok) return debited;

        Providers.Store(context.State, provider.Reserve(units, (ulong)collateral));
        Bid bid = new(
            order.Id, context.Sender, RatePerSecond: 0, request.NoticeSeconds, BidState.Committed, request.Deposit,
            (ulong)collateral, parameters.StorageDeposit, context.Now)
        {
            Commit = request.Commit,
            Resources = units,
            Sla = request.Promise.Sla,
        };
        BidStore.Store(context.State, bid);
        OrderStore.Store(context.State, order, order with { Bids = [.. order.Bids, new ListedBid(bid.Provider, 0)] });
        context.Emit(new Event("BidCommitted",
        [
            new("order", bid.OrderId),
            new("provider", bid.Provider),
            new("from", "none"),
            new("to", "committed"),
            new("commit", bid.Commit),
            new("deposit", bid.Deposit),
            new("collateral", bid.Collateral),
            new("storage_deposit", bid.StorageDeposit),
        ]));
        return ResultCode.Ok;
    }
}
