using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Leases;

/// <summary>
/// Kind 13. The tenant has its time to hand over the manifest, then the provider its own to start; with both
/// acknowledgements the deposits go back and the bucket starts to pay.
/// </summary>
public static class StartLeaseRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        StartLease request = (StartLease)message;
        Lease? lease = LeaseClock.Load(context, request.LeaseId);
        if (lease is null) return ResultCode.NotFound;
        bool isTenant = lease.Tenant == context.Sender;
        if (!isTenant && lease.Provider != context.Sender) return ResultCode.NotOwner;
        // A deadline that has passed has already made the lease a no-show.
        if (lease.State is LeaseState.NoShowProvider or LeaseState.NoShowTenant) return ResultCode.TooLate;
        if (lease.State != LeaseState.Pending) return ResultCode.BadState;
        if (isTenant ? lease.IsTenantReady : lease.IsProviderReady) return ResultCode.AlreadyDone;
        bool namesWorkload = !request.WorkloadDigest.IsZero && !request.EndpointHash.IsZero;
        bool namesNothing = request.WorkloadDigest.IsZero && request.EndpointHash.IsZero;
        if (isTenant ? !namesNothing : !namesWorkload) return ResultCode.BadSchema;

        Lease ready = isTenant
            ? lease with { IsTenantReady = true }
            : lease with { WorkloadDigest = request.WorkloadDigest, EndpointHash = request.EndpointHash };
        Lease after = ready.IsTenantReady && ready.IsProviderReady ? Activate(context, ready) : ready;
        LeaseStore.Store(context.State, lease, after);
        if (after.State == LeaseState.Pending)
        {
            context.Emit(new Event("LeaseAcknowledged",
            [
                new("lease", lease.Id),
                new("from", LeaseNames.Of(lease.State)),
                new("to", LeaseNames.Of(after.State)),
                new("side", isTenant ? "tenant" : "provider"),
            ]));
        }
        return ResultCode.Ok;
    }

    private static Lease Activate(ExecutionContext context, Lease lease)
    {
        Payments.Pay(context, lease.Tenant, lease.TenantDeposit);
        Payments.Pay(context, lease.Provider, lease.ProviderDeposit);
        Lease active = lease with
        {
            State = LeaseState.Active,
            StartedAt = context.Now,
            SettledAt = context.Now,
            TenantDeposit = 0,
            ProviderDeposit = 0,
        };
        context.Emit(new Event("LeaseStarted",
        [
            new("lease", lease.Id),
            new("from", LeaseNames.Of(lease.State)),
            new("to", LeaseNames.Of(active.State)),
            new("workload", active.WorkloadDigest),
            new("bucket", active.Bucket),
            new("paid_until", active.PaidUntil.Seconds),
            new("tenant_deposit", lease.TenantDeposit),
            new("provider_deposit", lease.ProviderDeposit),
        ]));
        return active;
    }
}
