using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Leases;

/// <summary>
/// Kind 12 in the open mode: the tenant's choice. The bucket is filled from the order's escrow at the bid's rate, and the
/// difference to the highest rate goes back; what was paid into the order on top is shared evenly among the replicas that are still
/// open. The last replica ends the order, and the other bids are lost.
/// </summary>
public static class AcceptBidRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        AcceptBid request = (AcceptBid)message;
        Order? order = OrderClock.Load(context, request.OrderId);
        if (order is null) return ResultCode.NotFound;
        if (order.Tenant != context.Sender) return ResultCode.NotOwner;
        if (!order.TakesBids) return order.State == OrderState.Expired ? ResultCode.TooLate : ResultCode.BadState;
        int place = order.FindBid(request.Provider);
        if (place < 0) return ResultCode.NotFound;
        Provider provider = Payments.ProviderOf(context, request.Provider);
        ResultCode eligible = Eligibility.Check(context.State, order.Terms.Needs, provider, context.Now);
        if (eligible != ResultCode.Ok) return eligible;
        ulong storage = context.Block.Parameters.StorageDeposit;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, storage);
        if (debited != ResultCode.Ok) return debited;

        Bid bid = BidStore.LoadListed(context.State, order.Id, request.Provider);
        ulong share = order.Terms.RateMax * order.Terms.PrepaidSeconds;
        ulong open = (ulong)(order.Terms.Replicas - order.Leased);
        ulong extra = (order.Escrow - share * open) / open;
        ulong prepaid = bid.RatePerSecond * order.Terms.PrepaidSeconds;
        ulong refund = share - prepaid;
        Lease lease = NewLease.Create(context, order, bid, prepaid + extra);
        LeaseStore.Store(context.State, null, lease);
        BidStore.Store(context.State, bid with { State = BidState.Won, Deposit = 0, Collateral = 0 });
        ClassCapacity capacity = provider.CapacityOf(lease.Terms.Resource);
        ulong units = lease.Terms.Units;
        Providers.Store(context.State, provider.WithCapacity(
            capacity with { Reserved = capacity.Reserved - units, Leased = capacity.Leased + units }) with
        {
            LiveLeases = provider.LiveLeases + 1,
        });
        Payments.Pay(context, order.Tenant, refund);
        context.Emit(new Event("BidWon",
        [
            new("order", order.Id),
            new("provider", bid.Provider),
            new("from", "open"),
            new("to", "won"),
            new("lease", lease.Id),
        ]));
        NewLease.EmitCreated(context, lease, refund);
        Advance(context, order, place, share + extra);
        return ResultCode.Ok;
    }

    /// <summary>One replica less to lease.</summary>
    private static void Advance(ExecutionContext context, Order order, int place, ulong share)
    {
        Order after = order.WithoutBid(place) with
        {
            State = OrderState.Matched,
            Leased = (byte)(order.Leased + 1),
            Escrow = order.Escrow - share,
            Deposit = order.Deposit - order.Terms.Deposit,
            Ended = [.. order.Ended, order.Bids[place].Provider],
        };
        if (after.Leased == after.Terms.Replicas) after = OrderClock.End(context, after, OrderState.Filled, context.Now);
        OrderStore.Store(context.State, order, after);
        context.Emit(new Event(after.State == OrderState.Filled ? "OrderFilled" : "OrderMatched",
        [
            new("order", order.Id),
            new("from", OrderNames.Of(order.State)),
            new("to", OrderNames.Of(after.State)),
            new("leased", (ulong)after.Leased),
            new("replicas", (ulong)after.Terms.Replicas),
            new("escrow", after.Escrow),
            new("deposit", after.Deposit),
        ]));
    }
}
