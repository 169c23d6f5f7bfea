using System.Collections.Generic;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Reputation;

namespace Chain.StateMachine.Market.Auctions;

/// <summary>
/// Kind 10. The order keeps as many revealed bids as it may have live ones, the best; the worst goes and gets everything back, also
/// when it is the one just revealed. Whoever committed to a rate that the order does not allow cannot reveal.
/// </summary>
public static class RevealBidRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        RevealBid request = (RevealBid)message;
        Order? order = OrderClock.Load(context, request.OrderId);
        Bid? bid = BidStore.Load(context.State, request.OrderId, context.Sender);
        if (order is null || bid is null) return ResultCode.NotFound;
        if (!order.IsSealed) return ResultCode.BadState;
        if (order.State == OrderState.Open) return ResultCode.TooEarly;
        if (order.State != OrderState.Reveal) return ResultCode.TooLate;
        if (bid.State != BidState.Committed) return ResultCode.AlreadyDone;
        if (request.RatePerSecond == 0 || request.RatePerSecond > order.Terms.RateMax) return ResultCode.Price;
        bool isIt = bid.Commit == AuctionMath.Commit(
            context.Block.ChainId, order.Id, context.Sender, request.RatePerSecond, request.Salt);
        if (!isIt) return ResultCode.BadCommit;

        ulong quality = AuctionMath.QualityBps(ReputationBook.BpsOf(context.State, bid.Provider, context.Now, context.Block.Parameters));
        BidStore.Store(context.State, bid with { State = BidState.Open, RatePerSecond = request.RatePerSecond });
        context.Emit(new Event("BidRevealed",
        [
            new("order", order.Id),
            new("provider", bid.Provider),
            new("from", "committed"),
            new("to", "open"),
            new("rate", request.RatePerSecond),
            new("quality", quality),
        ]));
        ListedBid[] bids = [.. order.Bids];
        bids[order.FindBid(bid.Provider)] = new ListedBid(bid.Provider, request.RatePerSecond, quality);
        Order after = KeepBest(context, order with { Bids = bids });
        OrderStore.Store(context.State, order, after);
        return ResultCode.Ok;
    }

    private static Order KeepBest(ExecutionContext context, Order order)
    {
        int revealed = 0;
        int worst = -1;
        IReadOnlyList<ListedBid> bids = order.Bids;
        for (int i = 0; i < bids.Count; i++)
        {
            if (bids[i].RatePerSecond == 0) continue;
            revealed++;
            if (worst < 0 || AuctionMath.Compare(order.Id, bids[worst], bids[i]) < 0) worst = i;
        }
        return revealed > (int)context.Block.Parameters.BidCap ? PlaceBidRules.Evict(context, order, worst) : order;
    }
}
