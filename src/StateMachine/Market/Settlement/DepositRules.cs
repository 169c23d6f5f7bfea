using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Settlement;

/// <summary>
/// Kind 16. A starved lease runs on as soon as its bucket pays for a second. The time without credits was not served and stays
/// unpaid; until it is resumed either side may leave free, so topping up by little holds nobody.
/// </summary>
public static class DepositRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Deposit request = (Deposit)message;
        return request.Target == DepositTarget.Order ? ToOrder(context, request) : ToLease(context, request);
    }

    private static ResultCode ToOrder(ExecutionContext context, Deposit request)
    {
        Order? order = OrderClock.Load(context, request.Id);
        if (order is null) return ResultCode.NotFound;
        bool isResting = order.State == OrderState.Standing;
        if (!order.TakesBids && !isResting) return order.State is OrderState.Expired or OrderState.Reveal ? ResultCode.TooLate : ResultCode.BadState;
        ResultCode paid = Take(context, request.Amount);
        if (paid != ResultCode.Ok) return paid;
        Order after = isResting
            ? order with { Reserve = order.Reserve + request.Amount }
            : order with { Escrow = order.Escrow + request.Amount };
        OrderStore.Store(context.State, order, after);
        context.Emit(new Event("Deposited",
        [
            new("order", order.Id),
            new("by", context.Sender),
            new("from", OrderNames.Of(order.State)),
            new("to", OrderNames.Of(after.State)),
            new("amount", request.Amount),
            new("escrow", after.Escrow),
            new("reserve", after.Reserve),
        ]));
        return ResultCode.Ok;
    }

    private static ResultCode ToLease(ExecutionContext context, Deposit request)
    {
        Lease? lease = LeaseClock.Load(context, request.Id);
        if (lease is null) return ResultCode.NotFound;
        if (!lease.IsLive) return ResultCode.BadState;
        // Rent that the provider pays itself would be no rent, and reputation out of nothing.
        if (lease.Provider == context.Sender) return ResultCode.SelfDeal;
        ResultCode paid = Take(context, request.Amount);
        if (paid != ResultCode.Ok) return paid;
        Lease settled = LeaseSettlement.Settle(lease, context.Now);
        Lease filled = settled with { Bucket = settled.Bucket + request.Amount };
        Lease after = Resume(filled, context.Now);
        LeaseStore.Store(context.State, lease, after);
        context.Emit(new Event("Deposited",
        [
            new("lease", lease.Id),
            new("by", context.Sender),
            new("from", LeaseNames.Of(lease.State)),
            new("to", LeaseNames.Of(after.State)),
            new("amount", request.Amount),
            new("bucket", after.Bucket),
            new("paid_until", after.IsPaying ? after.PaidUntil.Seconds : 0),
        ]));
        return ResultCode.Ok;
    }

    /// <summary>The lease as it goes on when its bucket pays for a second again.</summary>
    internal static Lease Resume(Lease lease, MarketTime now)
    {
        bool runsOn = lease.State == LeaseState.Starved && lease.Bucket >= lease.Terms.RatePerSecond;
        return runsOn ? lease with { State = LeaseState.Active, StateUntil = default, SettledAt = now } : lease;
    }

    private static ResultCode Take(ExecutionContext context, ulong amount) =>
        amount == 0 ? ResultCode.BelowMinimum : Ledger.Debit(context.State, context.Sender, amount);
}
