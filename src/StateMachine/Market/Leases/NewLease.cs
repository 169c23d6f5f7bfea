using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Market.Leases;

/// <summary>How a lease begins, from a chosen bid or a posted price.</summary>
internal static class NewLease
{
    /// <summary>A lease that waits for its start. The caller has taken <paramref name="bucket"/> and all deposits from their owners.</summary>
    public static Lease Create(ExecutionContext context, Order order, Bid bid, ulong bucket, MarketTime at)
    {
        Parameters parameters = context.Block.Parameters;
        MarketTime tenantDeadline = at + parameters.StartTenantSeconds;
        LeaseTerms terms = new(
            bid.Resources, bid.RatePerSecond, order.Terms.MinTermSeconds,
            bid.NoticeSeconds, parameters.LockupSeconds, parameters.GraceSeconds, parameters.DisputeSeconds,
            parameters.ReviewSeconds, parameters.PruneSeconds, parameters.EpochSeconds, parameters.MarketFeeBps,
            parameters.EarlyExitBps, bid.Sla, parameters.SlaTargetBps(bid.Sla));
        return new Lease(
            Counters.Next(context.State, CounterKind.Lease), order.Id, order.Tenant, bid.Provider, terms,
            LeaseState.Pending, CloseReason.None, StateUntil: default, at, tenantDeadline,
            tenantDeadline + parameters.StartProviderSeconds, IsTenantReady: false, default(Hash256), default(Hash256),
            StartedAt: default, SettledAt: default, NoticeAt: default, ClosedAt: default,
            bucket, Pending: 0, Claimable: 0, bid.Collateral,
            order.Terms.Deposit, bid.Deposit, parameters.StorageDeposit, DueTotal: 0, FeeTotal: 0, HasHiddenReview: false)
        {
            IsOfStandingOrder = order.IsStanding,
        };
    }

    public static void EmitCreated(ExecutionContext context, Lease lease, ulong refund) => context.Emit(new Event("LeaseCreated",
    [
        new("lease", lease.Id),
        new("from", "none"),
        new("to", LeaseNames.Of(lease.State)),
        new("order", lease.OrderId),
        new("tenant", lease.Tenant),
        new("provider", lease.Provider),
        new("rate", lease.Terms.RatePerSecond),
        new("bucket", lease.Bucket),
        new("refund", refund),
        new("collateral", lease.Collateral),
        new("tenant_deposit", lease.TenantDeposit),
        new("provider_deposit", lease.ProviderDeposit),
        new("storage_deposit", lease.StorageDeposit),
        new("tenant_deadline", lease.TenantDeadline.Seconds),
        new("provider_deadline", lease.ProviderDeadline.Seconds),
        new("gpu", lease.Terms.Resources.Gpu.ToString()),
        new("target_bps", lease.Terms.TargetBps),
    ]));
}
