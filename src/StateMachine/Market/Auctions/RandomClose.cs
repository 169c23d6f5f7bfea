using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Market.Auctions;

/// <summary>
/// The end of bidding that nobody knows (attack A6): once bidding is over, the beacon says how many of the window's last seconds
/// did not count, and bids from then go back as if evicted. A ring of bidders cannot wait for the last moment. Should the beacon be silent
/// until reveals are over, every bid counts.
/// </summary>
internal static class RandomClose
{
    /// <summary>Asks for the draw; by then no bid can be added.</summary>
    public static ulong Request(ExecutionContext context, Order order) =>
        Draws.Request(context, TimedKind.Order, Schema.Key(MarketSchema.Order, order.Id).AsSpan(1));

    public static bool IsDrawn(ExecutionContext context, Order order, out Hash256 value)
    {
        BeaconValue? drawn = order.DrawRound == 0 || order.State != OrderState.Reveal
            ? null
            : Draws.Find(context.State, order.DrawRound, order.Due);
        value = drawn?.Value ?? default;
        return drawn is not null;
    }

    public static Order Cut(ExecutionContext context, Order order, in Hash256 value)
    {
        Hash256 seed = DrawMath.Seed(value, "order-close"u8, Schema.Key(MarketSchema.Order, order.Id).AsSpan(1));
        ulong off = (ulong)DrawMath.Number(seed, 0, order.Terms.CloseWindowSeconds + 1);
        MarketTime closed = new(order.OpenedAt.Seconds + order.Terms.OpenSeconds - off);
        Order after = order with { DrawRound = 0 };
        foreach (ListedBid listed in new List<ListedBid>(order.Bids))
        {
            Bid bid = BidStore.LoadListed(context.State, order.Id, listed.Provider);
            if (bid.PlacedAt > closed) after = PlaceBidRules.Evict(context, after, after.FindBid(bid.Provider));
        }
        context.Emit(new Event("CloseDrawn",
        [
            new("order", order.Id), new("closed", closed.Seconds), new("bids", (ulong)after.Bids.Count),
        ]));
        return after;
    }
}
