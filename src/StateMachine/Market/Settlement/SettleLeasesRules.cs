using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Settlement;

/// <summary>Kind 18: settles each lease to now. It pays nobody; a lease that is not paying stays as it is.</summary>
public static class SettleLeasesRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        foreach (ulong id in ((SettleLeases)message).LeaseIds)
        {
            Lease? lease = LeaseClock.Load(context, id);
            if (lease is null) return ResultCode.NotFound;
            Lease settled = LeaseSettlement.Settle(lease, context.Now);
            if (ReferenceEquals(settled, lease)) continue;
            LeaseStore.Store(context.State, lease, settled);
            context.Emit(new Event("Settled",
            [
                new("lease", id),
                new("due", settled.DueTotal - lease.DueTotal),
                new("bucket", settled.Bucket),
                new("pending", settled.Pending),
                new("claimable", settled.Claimable),
                new("paid_until", settled.PaidUntil.Seconds),
            ]));
        }
        return ResultCode.Ok;
    }
}
