using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Market.Auctions;

/// <summary>Turns a bid into a lease, whether the tenant chose it or the rules of a sealed auction did.</summary>
internal static class LeaseBid
{
    /// <summary>
    /// One replica less to lease. The bucket is filled from the order's escrow at the rate, and the difference to the highest rate goes
    /// back, or is kept for renewals; what was paid into the order on top is shared evenly among the open replicas. The last replica
    /// ends the order, or lets it rest while it may renew itself.
    /// </summary>
    /// <param name="rate">ncredit per second; at least the bid's own, at most the order's highest.</param>
    public static Order Make(ExecutionContext context, Order order, int place, ulong rate, MarketTime at)
    {
        Parameters parameters = context.Block.Parameters;
        Bid bid = BidStore.LoadListed(context.State, order.Id, order.Bids[place].Provider);
        ulong share = order.Terms.RateMax * order.PrepaidSeconds;
        ulong open = (ulong)order.OpenReplicas;
        ulong extra = (order.Escrow - (share * open)) / open;
        ulong prepaid = rate * order.PrepaidSeconds;
        // In a sealed auction the collateral was set aside for the highest rate.
        UInt128 wanted = LeaseCollateral.Of(context, bid.Provider, rate, at);
        ulong collateral = wanted < bid.Collateral ? (ulong)wanted : bid.Collateral;
        ulong storage = order.IsSealed ? order.StorageDeposit / (1 + open) : parameters.StorageDeposit;
        Bid agreed = bid with { RatePerSecond = rate, Collateral = collateral };
        Lease lease = NewLease.Create(context, order, agreed, prepaid + extra, at) with { StorageDeposit = storage };
        LeaseStore.Store(context.State, null, lease);
        BidStore.Store(context.State, bid with { State = BidState.Won, Deposit = 0, Collateral = 0 });
        Provider provider = Payments.ProviderOf(context, bid.Provider).WithUnlocked(bid.Collateral - collateral);
        Providers.Store(context.State, provider.WithUnits(bid.Resources, reserved: -1, leased: 1) with
        {
            LiveLeases = provider.LiveLeases + 1,
        });
        ulong reserved = order.IsStanding ? share - prepaid : 0;
        Payments.Pay(context, order.Tenant, share - prepaid - reserved);
        context.Emit(new Event("BidWon",
        [
            new("order", order.Id),
            new("provider", bid.Provider),
            new("from", "open"),
            new("to", "won"),
            new("lease", lease.Id),
        ]));
        NewLease.EmitCreated(context, lease, share - prepaid - reserved);
        Order kept = order.IsStanding
            ? order with { Reserve = order.Reserve + reserved, Leases = [.. order.Leases, lease.Id] }
            : order;
        return Advance(context, kept, place, share + extra, order.IsSealed ? storage : 0, at);
    }

    /// <summary>
    /// Whether one more lease fits how the replicas are to be spread: each with another provider, two with one DID being the same, and
    /// as many in one region as the order allows. A provider that left is none to come back to under another address.
    /// </summary>
    public static ResultCode CheckSpread(ExecutionContext context, Order order, in Address address)
    {
        Provider provider = Payments.ProviderOf(context, address);
        int there = 0;
        foreach (Address other in order.Ended)
        {
            BidState? ended = BidStore.Load(context.State, order.Id, other)?.State;
            if (ended == BidState.Forfeit) continue;
            Provider winner = Payments.ProviderOf(context, other);
            if (Identities.ShareDid(winner, provider)) return ResultCode.LinkedIdentity;
            if (ended != BidState.Left && string.Equals(winner.Region, provider.Region, StringComparison.Ordinal)) there++;
        }
        return order.Terms.RegionMax > 0 && there >= order.Terms.RegionMax ? ResultCode.RegionMismatch : ResultCode.Ok;
    }

    /// <summary>What a bid has promised becomes a lease only while it is still proven; the provider's proofs are brought to time.</summary>
    public static ResultCode CheckCapacity(ExecutionContext context, Order order, in Address address)
    {
        Bid bid = BidStore.LoadListed(context.State, order.Id, address);
        Provider provider = CapacityClock.LoadProvider(context, address)!;
        return ProvenCapacity.Covers(context, provider, bid.Resources) ? ResultCode.Ok : ResultCode.Capacity;
    }

    private static Order Advance(ExecutionContext context, Order order, int place, ulong share, ulong storage, MarketTime at)
    {
        Order after = order.WithoutBid(place) with
        {
            State = OrderState.Matched,
            Leased = (byte)(order.Leased + 1),
            Escrow = order.Escrow - share,
            Deposit = order.Deposit - order.Terms.Deposit,
            StorageDeposit = order.StorageDeposit - storage,
            Ended = [.. order.Ended, order.Bids[place].Provider],
        };
        if (after.OpenReplicas == 0)
        {
            after = after.IsStanding ? StandingOrders.Rest(context, after, at) : OrderClock.End(context, after, OrderState.Filled, at);
        }
        context.Emit(new Event(after.OpenReplicas == 0 ? "OrderFilled" : "OrderMatched",
        [
            new("order", order.Id),
            new("from", OrderNames.Of(order.State)),
            new("to", OrderNames.Of(after.State)),
            new("leased", (ulong)after.Leased),
            new("replicas", (ulong)after.Terms.Replicas),
            new("escrow", after.Escrow),
            new("deposit", after.Deposit),
        ]));
        return after;
    }
}
