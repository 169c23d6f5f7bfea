using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Leases;

/// <summary>
/// Kind 12: in an open auction the tenant's choice, and in a sealed one the trigger that anybody may pull once bids are revealed, in case
/// that the timed moves lag.
/// </summary>
public static class AcceptBidRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        AcceptBid request = (AcceptBid)message;
        Order? before = OrderStore.Read(context.State, request.OrderId);
        Order? order = OrderClock.Load(context, request.OrderId);
        if (before is null || order is null) return ResultCode.NotFound;
        if (order.IsSealed) return Trigger(before, order, request);
        if (order.Tenant != context.Sender) return ResultCode.NotOwner;
        if (!order.TakesBids) return order.State == OrderState.Expired ? ResultCode.TooLate : ResultCode.BadState;
        int place = order.FindBid(request.Provider);
        if (place < 0) return ResultCode.NotFound;
        ResultCode covered = LeaseBid.CheckCapacity(context, order, request.Provider);
        if (covered != ResultCode.Ok) return covered;
        Provider provider = Payments.ProviderOf(context, request.Provider);
        ulong rate = order.Bids[place].RatePerSecond;
        ResultCode eligible = Eligibility.Check(context, order.Terms.Needs, provider, context.Now, rate);
        if (eligible != ResultCode.Ok) return eligible;
        ResultCode spread = LeaseBid.CheckSpread(context, order, request.Provider);
        if (spread != ResultCode.Ok) return spread;
        ulong storage = context.Block.Parameters.StorageDeposit;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, storage);
        if (debited != ResultCode.Ok) return debited;
        OrderStore.Store(context.State, order, LeaseBid.Make(context, order, place, rate, context.Now));
        return ResultCode.Ok;
    }

    /// <summary>Bringing a sealed order to time is what makes its leases; who asks is of no matter.</summary>
    private static ResultCode Trigger(Order before, Order after, AcceptBid request)
    {
        if (!request.Provider.IsZero) return ResultCode.BadState;
        bool hasRenewed = before.State == OrderState.Reveal && after.State == OrderState.Open;
        if (!hasRenewed && after.State is OrderState.Open or OrderState.Reveal) return ResultCode.TooEarly;
        return before.State is OrderState.Open or OrderState.Reveal ? ResultCode.Ok : ResultCode.AlreadyDone;
    }
}
