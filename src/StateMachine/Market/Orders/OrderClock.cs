using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Market.Orders;

/// <summary>
/// What time does to an order. Whoever comes first in a block, the timed queue or a message, brings the order to the block's
/// time by the same steps, each dated at its own due time.
/// </summary>
public static class OrderClock
{
    /// <summary>The order at the block's time, or null when there is none (any more).</summary>
    public static Order? Load(ExecutionContext context, ulong id) => Bring(context, id, context.Now, withCases: true);

    /// <summary>The order at a time that is not after the block's, and with it the leases that it would replace; null when there is none.</summary>
    /// <param name="withCases">False for what a case does itself, which is in the midst of its step.</param>
    internal static Order? Bring(ExecutionContext context, ulong id, MarketTime until, bool withCases)
    {
        Order? order = OrderStore.Read(context.State, id);
        while (order is not null)
        {
            if (StandingOrders.MoveLease(context, order, until, withCases))
            {
                order = OrderStore.Read(context.State, id);
                continue;
            }
            Order? after = StepOwn(context, order, until);
            if (ReferenceEquals(after, order)) break;
            if (after is null) OrderStore.Delete(context.State, order);
            else OrderStore.Store(context.State, order, after);
            order = after;
        }
        return order;
    }

    /// <summary>The next step that time or the beacon asks for; the same order when there is none yet.</summary>
    private static Order? StepOwn(ExecutionContext context, Order order, MarketTime until)
    {
        if (RandomClose.IsDrawn(context, order, out Hash256 value)) return RandomClose.Cut(context, order, value);
        return order.Due <= until ? Step(context, order) : order;
    }

    private static Order? Step(ExecutionContext context, Order order)
    {
        if (order.State == OrderState.Reveal) return SealedMatch.Run(context, order);
        if (!order.TakesBids) return Prune(context, order);
        bool isClosing = order.IsSealed && order.State == OrderState.Open && order.Bids.Count > 0;
        return isClosing ? CloseBidding(context, order) : Expire(context, order);
    }

    private static Order CloseBidding(ExecutionContext context, Order order)
    {
        MarketTime until = order.Due + order.RevealSeconds;
        context.Emit(new Event("BiddingClosed",
        [
            new("order", order.Id),
            new("from", OrderNames.Of(order.State)),
            new("to", OrderNames.Of(OrderState.Reveal)),
            new("bids", (ulong)order.Bids.Count),
            new("until", until.Seconds),
        ]));
        ulong round = order.Terms.CloseWindowSeconds == 0 ? 0 : RandomClose.Request(context, order);
        return order with { State = OrderState.Reveal, Due = until, DrawRound = round };
    }

    /// <summary>Ends an order: every live bid is lost, and its deposit, collateral and units are free again.</summary>
    public static Order End(ExecutionContext context, Order order, OrderState state, MarketTime at)
    {
        List<Address> ended = [.. order.Ended];
        foreach (ListedBid listed in order.Bids)
        {
            Bid bid = BidStore.LoadListed(context.State, order.Id, listed.Provider);
            Refund(context, bid);
            BidStore.Store(context.State, bid with { State = BidState.Lost, Deposit = 0, Collateral = 0 });
            context.Emit(new Event("BidLost",
            [
                new("order", order.Id),
                new("provider", bid.Provider),
                new("from", bid.State == BidState.Open ? "open" : "committed"),
                new("to", "lost"),
                new("refund", bid.Deposit),
                new("unlocked", bid.Collateral),
            ]));
            ended.Add(bid.Provider);
        }
        return order with { State = state, Due = at + order.PruneSeconds, Bids = [], Ended = ended };
    }

    /// <summary>Gives a bid's deposit back and frees what it had reserved and locked.</summary>
    public static void Refund(ExecutionContext context, Bid bid)
    {
        Provider provider = Payments.ProviderOf(context, bid.Provider);
        Providers.Store(context.State, provider.Release(bid.Resources, bid.Collateral));
        Payments.Pay(context, bid.Provider, bid.Deposit);
    }

    /// <summary>Bidding is over with replicas left to lease.</summary>
    internal static Order Expire(ExecutionContext context, Order order)
    {
        if (order.IsStanding) return StandingOrders.Renew(context, order, order.Due);
        Payments.Pay(context, order.Tenant, order.Escrow + order.Deposit);
        context.Emit(new Event("OrderExpired",
        [
            new("order", order.Id),
            new("from", OrderNames.Of(order.State)),
            new("to", OrderNames.Of(OrderState.Expired)),
            new("escrow", order.Escrow),
            new("deposit", order.Deposit),
        ]));
        return End(context, order, OrderState.Expired, order.Due) with { Escrow = 0, Deposit = 0 };
    }

    private static Order? Prune(ExecutionContext context, Order order)
    {
        foreach (Address provider in order.Ended)
        {
            Bid bid = BidStore.LoadListed(context.State, order.Id, provider);
            Payments.Pay(context, provider, bid.StorageDeposit);
            BidStore.Delete(context.State, bid);
        }
        Payments.Pay(context, order.Tenant, order.StorageDeposit);
        context.Emit(new Event("OrderPruned",
        [
            new("order", order.Id),
            new("from", OrderNames.Of(order.State)),
            new("to", "gone"),
            new("storage_deposit", order.StorageDeposit),
        ]));
        return null;
    }
}
