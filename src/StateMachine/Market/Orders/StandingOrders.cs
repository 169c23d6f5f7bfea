using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Market.Orders;

/// <summary>
/// Orders that renew themselves. One renewal is used up each time that bidding ends with replicas left to lease, or that a provider
/// leaves a lease, whichever way: it does not show up, gives notice, goes at once, or fails to prove. The order then takes bids again, as
/// it was opened; a tenant that asked for a sealed auction need not say anything until the new lease is to be started.
/// </summary>
/// <remarks>
/// <para>A replacement is paid from what the tenant would have got back from the lease that ended, and from what better rates than the
/// highest had left over. Where that pays for less than the least time, the replica is not replaced.</para>
/// <para>Who left cannot bid on the order again, nor can another of its DID win it. Bids are made anew; those of an open auction stay.</para>
/// <para>An order and the leases that it would replace depend on each other's times, so whoever moves one of them moves all, in the
/// order in which the timed queue would have.</para>
/// </remarks>
internal static class StandingOrders
{
    /// <summary>
    /// Does the next step of one of the order's leases, or of a case about one, that is due by a time and before the order's own next; false
    /// when there is none. Reads at most <see cref="MarketLimits.ReplicasMax"/> leases.
    /// </summary>
    public static bool MoveLease(ExecutionContext context, Order order, MarketTime until, bool withCases)
    {
        Lease? first = null;
        ulong firstCase = 0;
        MarketTime due = until + 1;
        foreach (ulong id in order.Leases)
        {
            Lease lease = LeaseStore.Read(context.State, id)!;
            if (lease.Due < due || (lease.Due == due && firstCase != 0)) (first, firstCase, due) = (lease, 0, lease.Due);
            Case? found = withCases && lease.CaseId != 0 ? CaseStore.Read(context.State, lease.CaseId) : null;
            if (found is null || CaseClock.DueOf(context, found) >= due) continue;
            (first, firstCase, due) = (null, found.Id, CaseClock.DueOf(context, found));
        }
        if (due > until || order.Due <= due) return false;
        if (first is not null) LeaseClock.StepOnce(context, first);
        else CaseClock.Bring(context, firstCase, due);
        return true;
    }

    /// <summary>Every replica is leased: the other bids are lost, and the record waits for its leases.</summary>
    public static Order Rest(ExecutionContext context, Order order, MarketTime at) =>
        WithoutLost(context, OrderClock.End(context, order, OrderState.Standing, at)) with { Due = MarketTime.Never };

    /// <summary>Bidding is over with replicas left to lease: it begins again at once.</summary>
    public static Order Renew(ExecutionContext context, Order order, MarketTime at)
    {
        Order free = order;
        // Nothing that was sealed is carried over; who was revealed and not able to win has everything back.
        while (free.IsSealed && free.Bids.Count > 0) free = PlaceBidRules.Evict(context, free, 0);
        return Use(context, Reopened(WithoutLost(context, free), at), order, "bids", default, 0);
    }

    /// <summary>A lease is over: a standing order seeks another when the provider left it.</summary>
    /// <param name="lease">As it was before; the order has been brought to <paramref name="at"/>.</param>
    /// <param name="returned">ncredit that are the tenant's.</param>
    /// <returns>What of them goes to the tenant; the order takes the rest.</returns>
    public static ulong LeaseEnded(ExecutionContext context, Lease lease, bool isProvidersDoing, ulong returned, MarketTime at)
    {
        Order? stored = lease.IsOfStandingOrder ? OrderStore.Read(context.State, lease.OrderId) : null;
        List<ulong> leases = [.. stored?.Leases ?? []];
        if (!leases.Remove(lease.Id)) return returned;
        Order order = stored! with { Leases = leases };
        ulong kept = isProvidersDoing ? Replace(context, ref order, lease, returned, at) : 0;
        bool isOver = order.State == OrderState.Standing && order.Leases.Count == 0;
        OrderStore.Store(context.State, stored, isOver ? Finish(context, order, at) : order);
        return returned - kept;
    }

    /// <summary>No renewal is left, or none is wanted: what was kept for them goes to the tenant.</summary>
    public static Order WithoutRenewals(ExecutionContext context, Order order)
    {
        Payments.Pay(context, order.Tenant, order.Reserve);
        return order with { Renewals = 0, Reserve = 0, Leases = [] };
    }

    /// <summary>One more replica to lease, if there is enough for it; the ncredit that it takes of what is returned.</summary>
    private static ulong Replace(ExecutionContext context, ref Order order, Lease lease, ulong returned, MarketTime at)
    {
        Parameters parameters = context.Block.Parameters;
        OrderTerms terms = order.Terms;
        ulong storage = order.IsSealed ? parameters.StorageDeposit : 0;
        ulong secondsMin = Math.Min(terms.PrepaidSeconds, Math.Max(parameters.PrepaidSeconds, parameters.OrderSecondsMin));
        UInt128 least = terms.Deposit + storage + ((UInt128)terms.RateMax * secondsMin);
        UInt128 whole = terms.Deposit + storage + ((UInt128)terms.RateMax * terms.PrepaidSeconds);
        ulong fromReserve = whole > returned ? (ulong)UInt128.Min(whole - returned, order.Reserve) : 0;
        if (least > (UInt128)returned + fromReserve)
        {
            context.Emit(new Event("OrderNotRenewed",
            [
                new("order", order.Id), new("lease", lease.Id), new("cause", "funds"), new("has", returned + fromReserve), new("needs", (ulong)least),
            ]));
            return 0;
        }
        BidStore.Store(context.State, BidStore.LoadListed(context.State, order.Id, lease.Provider) with { State = BidState.Left });
        context.Emit(new Event("BidLeft", [new("order", order.Id), new("provider", lease.Provider), new("from", "won"), new("to", "left")]));
        Order open = order with
        {
            Leased = (byte)(order.Leased - 1),
            Escrow = order.Escrow + returned + fromReserve - terms.Deposit - storage,
            Deposit = order.Deposit + terms.Deposit,
            StorageDeposit = order.StorageDeposit + storage,
            Reserve = order.Reserve - fromReserve,
        };
        // An auction that runs takes the replica in; one that is over begins again.
        if (order.State == OrderState.Standing) open = Reopened(open, at);
        else if (order.TakesBids) open = open with { State = OrderState.Open };
        order = Use(context, open, order, "provider", lease.Provider, lease.Id);
        return returned;
    }

    private static Order Reopened(Order order, MarketTime at) =>
        order with { State = OrderState.Open, OpenedAt = at, Due = at + order.Terms.OpenSeconds, DrawRound = 0 };

    private static Order Use(ExecutionContext context, Order open, Order before, string cause, in Address left, ulong lease)
    {
        Order after = open with { Renewals = (byte)(open.Renewals - 1) };
        context.Emit(new Event("OrderRenewed",
        [
            new("order", after.Id),
            new("from", OrderNames.Of(before.State)),
            new("to", OrderNames.Of(after.State)),
            new("cause", cause),
            new("left_by", left),
            new("lease", lease),
            new("renewals", after.Renewals),
            new("escrow", after.Escrow),
            new("deposit", after.Deposit),
            new("reserve", after.Reserve),
            new("due", after.Due.Seconds),
        ]));
        return after.IsStanding ? after : WithoutRenewals(context, after);
    }

    private static Order Finish(ExecutionContext context, Order order, MarketTime at)
    {
        context.Emit(new Event("OrderFilled",
        [
            new("order", order.Id), new("from", OrderNames.Of(order.State)), new("to", OrderNames.Of(OrderState.Filled)), new("reserve", order.Reserve),
        ]));
        return WithoutRenewals(context, order) with { State = OrderState.Filled, Due = at + order.PruneSeconds };
    }

    /// <summary>Records of bids that were lost or forfeited go at once: their providers may bid again, and have the deposit for them back.</summary>
    private static Order WithoutLost(ExecutionContext context, Order order)
    {
        List<Address> kept = [];
        foreach (Address provider in order.Ended)
        {
            Bid bid = BidStore.LoadListed(context.State, order.Id, provider);
            if (bid.State is BidState.Won or BidState.Left)
            {
                kept.Add(provider);
                continue;
            }
            Payments.Pay(context, provider, bid.StorageDeposit);
            BidStore.Delete(context.State, bid);
        }
        return order with { Ended = kept };
    }
}
