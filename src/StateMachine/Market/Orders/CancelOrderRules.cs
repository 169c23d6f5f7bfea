using System;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Orders;

/// <summary>
/// Kind 8. The tenant gets back all but the cancel fee, which is due when there are live bids and goes to them. Each of them held
/// the same units ready, so the shares are equal; the last is the remainder. Of a standing order it ends all renewals; its leases run on.
/// </summary>
public static class CancelOrderRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Order? order = OrderClock.Load(context, ((CancelOrder)message).OrderId);
        if (order is null) return ResultCode.NotFound;
        if (order.Tenant != context.Sender) return ResultCode.NotOwner;
        if (order.State == OrderState.Cancelled) return ResultCode.AlreadyDone;
        // Sealed bids bind the tenant as well: once bidding is over, the rules decide.
        if (order.State is OrderState.Expired or OrderState.Reveal) return ResultCode.TooLate;
        bool isOpen = order.State is OrderState.Open or OrderState.Standing || (order.State == OrderState.Matched && order.IsStanding);
        if (!isOpen) return ResultCode.BadState;

        ulong fee = order.Bids.Count == 0 ? 0 : CancelFee(order.Deposit, context.Block.Parameters);
        ulong refund = order.Escrow + order.Deposit - fee;
        Payments.Pay(context, order.Tenant, refund);
        PayBidders(context, order, fee);
        Order ended = OrderClock.End(context, order, OrderState.Cancelled, context.Now) with { Escrow = 0, Deposit = 0 };
        Order after = StandingOrders.WithoutRenewals(context, ended);
        OrderStore.Store(context.State, order, after);
        context.Emit(new Event("OrderCancelled",
        [
            new("order", order.Id),
            new("from", OrderNames.Of(order.State)),
            new("to", OrderNames.Of(after.State)),
            new("escrow", order.Escrow),
            new("deposit", order.Deposit),
            new("fee", fee),
            new("refund", refund),
            new("reserve", order.Reserve),
        ]));
        return ResultCode.Ok;
    }

    private static ulong CancelFee(ulong deposit, Parameters parameters) =>
        (ulong)((UInt128)deposit * parameters.OrderCancelFeeBps / LeaseMath.BasisPoints);

    private static void PayBidders(ExecutionContext context, Order order, ulong fee)
    {
        if (fee == 0) return;
        ulong share = fee / (ulong)order.Bids.Count;
        ulong left = fee;
        for (int i = 0; i < order.Bids.Count; i++)
        {
            ulong paid = i == order.Bids.Count - 1 ? left : share;
            left -= paid;
            Payments.Pay(context, order.Bids[i].Provider, paid);
            context.Emit(new Event("CancelFeePaid",
            [
                new("order", order.Id),
                new("provider", order.Bids[i].Provider),
                new("amount", paid),
            ]));
        }
    }
}
