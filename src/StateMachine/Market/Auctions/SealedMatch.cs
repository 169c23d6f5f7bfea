using System.Collections.Generic;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Market.Auctions;

/// <summary>
/// The end of a sealed auction, a function of the order and its revealed bids: whoever brings the order to time makes the same
/// leases. Deposits of bids that were not revealed are lost, half burned and half to the reliability pool: were they the
/// tenant's, it would pay to keep a reveal out of blocks.
/// </summary>
internal static class SealedMatch
{
    public static Order Run(ExecutionContext context, Order order)
    {
        MarketTime at = order.Due;
        Order open = ForfeitHidden(context, order);
        List<ListedBid> ranked = [.. open.Bids];
        ranked.Sort((first, second) => AuctionMath.Compare(order.Id, first, second));
        List<ListedBid> able = ranked.FindAll(bid => IsAble(context, open, bid, at));
        Order matched = open;
        List<ListedBid> winners = [];
        foreach (ListedBid bid in able)
        {
            if (matched.Leased == matched.Terms.Replicas) break;
            if (LeaseBid.CheckSpread(context, matched, bid.Provider) != ResultCode.Ok) continue;
            if (LeaseBid.CheckCapacity(context, matched, bid.Provider) != ResultCode.Ok) continue;
            winners.Add(bid);
            matched = matched with { Leased = (byte)(matched.Leased + 1), Ended = [.. matched.Ended, bid.Provider] };
        }
        // Prices need the losers, so leases are made only once it is clear who they are.
        Order after = open;
        foreach (ListedBid winner in winners)
        {
            after = LeaseBid.Make(context, after, after.FindBid(winner.Provider), PriceOf(order, winner, able, winners), at);
        }
        return after.OpenReplicas == 0 ? after : OrderClock.Expire(context, after);
    }

    /// <summary>The winner's own rate, or what the best able bid behind it that won nothing is worth.</summary>
    private static ulong PriceOf(Order order, ListedBid winner, List<ListedBid> able, List<ListedBid> winners)
    {
        if (order.Terms.Mode == AuctionMode.SealedFirst) return winner.RatePerSecond;
        for (int i = able.IndexOf(winner) + 1; i < able.Count; i++)
        {
            if (!winners.Contains(able[i])) return AuctionMath.SecondPrice(winner, able[i], order.Terms.RateMax);
        }
        return AuctionMath.SecondPrice(winner, null, order.Terms.RateMax);
    }

    private static bool IsAble(ExecutionContext context, Order order, ListedBid bid, MarketTime at)
    {
        Provider provider = Payments.ProviderOf(context, bid.Provider);
        return Eligibility.Check(context, order.Terms.Needs, provider, at, bid.RatePerSecond) == ResultCode.Ok;
    }

    private static Order ForfeitHidden(ExecutionContext context, Order order)
    {
        Order after = order;
        foreach (ListedBid listed in order.Bids)
        {
            if (listed.RatePerSecond > 0) continue;
            Bid bid = BidStore.LoadListed(context.State, order.Id, listed.Provider);
            ulong burned = bid.Deposit / 2;
            Core.Pools.Burn(context.State, burned);
            Core.Pools.AddToReliability(context.State, bid.Deposit - burned);
            Provider provider = Payments.ProviderOf(context, bid.Provider);
            Providers.Store(context.State, provider.Release(bid.Resources, bid.Collateral));
            BidStore.Store(context.State, bid with { State = BidState.Forfeit, Deposit = 0, Collateral = 0 });
            context.Emit(new Event("BidForfeited",
            [
                new("order", order.Id),
                new("provider", bid.Provider),
                new("from", "committed"),
                new("to", "forfeit"),
                new("burned", burned),
                new("reliability", bid.Deposit - burned),
                new("unlocked", bid.Collateral),
            ]));
            after = after.WithoutBid(after.FindBid(bid.Provider)) with { Ended = [.. after.Ended, bid.Provider] };
        }
        return after;
    }
}
