using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Bids;

/// <summary>
/// Kind 11: a bid may go as long as its order takes bids and gets everything back at once. Like an evicted one it leaves no record, so its
/// provider may bid again.
/// </summary>
public static class WithdrawBidRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        ulong id = ((WithdrawBid)message).OrderId;
        Order? order = OrderClock.Load(context, id);
        Bid? bid = BidStore.Load(context.State, id, context.Sender);
        if (order is null || bid is null) return ResultCode.NotFound;
        if (bid.State is not (BidState.Open or BidState.Committed))
        {
            return bid.State == BidState.Lost ? ResultCode.AlreadyDone : ResultCode.BadState;
        }
        // Once bidding is over, a sealed bid is bound: taking it back after seeing the others would be a choice.
        if (order.State == OrderState.Reveal) return ResultCode.TooLate;

        OrderClock.Refund(context, bid);
        Payments.Pay(context, bid.Provider, bid.StorageDeposit);
        BidStore.Delete(context.State, bid);
        OrderStore.Store(context.State, order, order.WithoutBid(order.FindBid(bid.Provider)));
        context.Emit(new Event("BidWithdrawn",
        [
            new("order", id),
            new("provider", bid.Provider),
            new("from", bid.State == BidState.Open ? "open" : "committed"),
            new("to", "withdrawn"),
            new("refund", bid.Deposit),
            new("unlocked", bid.Collateral),
            new("storage_deposit", bid.StorageDeposit),
        ]));
        return ResultCode.Ok;
    }
}
