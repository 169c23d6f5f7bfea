using System;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Settlement;

/// <summary>Kind 17. A tenant leaves the lock-up time paid, so that the provider always sees that far.</summary>
public static class WithdrawRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Withdraw request = (Withdraw)message;
        Lease? lease = LeaseClock.Load(context, request.LeaseId);
        if (lease is null) return ResultCode.NotFound;
        bool isTenant = lease.Tenant == context.Sender;
        if (!isTenant && lease.Provider != context.Sender) return ResultCode.NotOwner;
        if (isTenant && !lease.IsPaying) return ResultCode.BadState;
        Lease settled = LeaseSettlement.Settle(lease, context.Now);
        ulong limit = isTenant ? Surplus(settled) : settled.Claimable - settled.Contested;
        if (request.Amount > limit) return ResultCode.Insolvent;
        ulong amount = request.Amount == 0 ? limit : request.Amount;
        if (amount == 0) return ResultCode.BelowMinimum;

        Lease after = isTenant
            ? settled with { Bucket = settled.Bucket - amount }
            : settled with { Claimable = settled.Claimable - amount };
        LeaseStore.Store(context.State, lease, after);
        Payments.Pay(context, context.Sender, amount);
        context.Emit(new Event("Withdrawn",
        [
            new("lease", lease.Id),
            new("side", isTenant ? "tenant" : "provider"),
            new("to", context.Sender),
            new("amount", amount),
            new("bucket", after.Bucket),
            new("pending", after.Pending),
            new("claimable", after.Claimable),
            new("paid_until", after.PaidUntil.Seconds),
        ]));
        return ResultCode.Ok;
    }

    /// <summary>What the bucket holds above the lock-up, in ncredit.</summary>
    public static ulong Surplus(Lease lease)
    {
        UInt128 locked = (UInt128)lease.Terms.RatePerSecond * lease.Terms.LockSeconds;
        return lease.Bucket > locked ? lease.Bucket - (ulong)locked : 0;
    }
}
