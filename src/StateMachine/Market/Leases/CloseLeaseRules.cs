using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Leases;

/// <summary>
/// Kind 15. The tenant may leave at any time, and pays for a part of the minimum term that is missing; the provider leaves
/// by notice, or at once and pays for the notice that is missing. While the bucket is empty, either leaves free.
/// </summary>
public static class CloseLeaseRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        CloseLease request = (CloseLease)message;
        Lease? lease = LeaseClock.Load(context, request.LeaseId);
        if (lease is null) return ResultCode.NotFound;
        bool isTenant = lease.Tenant == context.Sender;
        if (!isTenant && lease.Provider != context.Sender) return ResultCode.NotOwner;
        if (!lease.IsLive) return ResultCode.BadState;
        if (request.Mode == CloseMode.Notice)
        {
            if (lease.State == LeaseState.Notice) return ResultCode.AlreadyDone;
            if (isTenant || lease.State != LeaseState.Active) return ResultCode.BadState;
            LeaseStore.Store(context.State, lease, GiveNotice(context, lease, request.Reason));
            return ResultCode.Ok;
        }
        // Whoever leaves before the start is the one who did not show up.
        Lease after = lease.State == LeaseState.Pending
            ? LeaseEnds.NoShow(context, lease, isProviderGuilty: !isTenant, context.Now) with { Reason = request.Reason }
            : CloseNow(context, lease, isTenant, request.Reason);
        LeaseStore.Store(context.State, lease, after);
        return ResultCode.Ok;
    }

    private static Lease CloseNow(ExecutionContext context, Lease lease, bool isTenant, CloseReason reason)
    {
        Lease settled = LeaseSettlement.Settle(lease, context.Now);
        LeaseTerms terms = lease.Terms;
        ulong tenantPenalty = 0;
        ulong providerPenalty = 0;
        if (isTenant && lease.State == LeaseState.Active)
        {
            ulong elapsed = context.Now.Seconds - lease.StartedAt.Seconds;
            tenantPenalty = LeaseMath.TenantExitPenalty(
                settled.Bucket, terms.RatePerSecond, terms.MinTermSeconds, elapsed, terms.ExitBps);
        }
        if (!isTenant && lease.IsPaying) providerPenalty = LeaseEnds.ProviderPenalty(lease, context.Now);
        return LeaseEnds.Close(context, settled, context.Now, reason, tenantPenalty, providerPenalty,
            isProvidersDoing: !isTenant && lease.IsPaying);
    }

    private static Lease GiveNotice(ExecutionContext context, Lease lease, CloseReason reason)
    {
        MarketTime until = context.Now + lease.Terms.NoticeSeconds;
        context.Emit(new Event("LeaseNotice",
        [
            new("lease", lease.Id),
            new("from", LeaseNames.Of(lease.State)),
            new("to", LeaseNames.Of(LeaseState.Notice)),
            new("reason", LeaseNames.Of(reason)),
            new("until", until.Seconds),
        ]));
        return lease with { State = LeaseState.Notice, NoticeAt = context.Now, StateUntil = until };
    }
}
