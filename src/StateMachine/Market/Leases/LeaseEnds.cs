using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Reputation;

namespace Chain.StateMachine.Market.Leases;

/// <summary>The ways in which a lease ends, and where its money goes then.</summary>
public static class LeaseEnds
{
    /// <summary>
    /// One side did not start: the bucket goes back to the tenant, both deposits to the side that was ready, and the
    /// collateral is free.
    /// </summary>
    public static Lease NoShow(ExecutionContext context, Lease lease, bool isProviderGuilty, MarketTime at)
    {
        ulong deposits = lease.TenantDeposit + lease.ProviderDeposit;
        Payments.Pay(context, lease.Tenant, lease.Bucket);
        Payments.Pay(context, isProviderGuilty ? lease.Tenant : lease.Provider, deposits);
        Provider provider = FreeUnits(Payments.ProviderOf(context, lease.Provider), lease).WithUnlocked(lease.Collateral);
        Providers.Store(context.State, provider with { LiveLeases = provider.LiveLeases - 1 });
        Lease ended = lease with
        {
            State = isProviderGuilty ? LeaseState.NoShowProvider : LeaseState.NoShowTenant,
            StateUntil = at + lease.Terms.PruneSeconds,
            ClosedAt = at,
            Bucket = 0,
            Collateral = 0,
            TenantDeposit = 0,
            ProviderDeposit = 0,
        };
        ReputationPart missed = isProviderGuilty ? ReputationPart.Exit : ReputationPart.Start;
        ReputationBook.Count(
            context, isProviderGuilty ? lease.Provider : lease.Tenant, missed, isGood: false, ReputationMath.Million, at);
        context.Emit(new Event("NoShow",
        [
            new("lease", lease.Id),
            new("from", LeaseNames.Of(lease.State)),
            new("to", LeaseNames.Of(ended.State)),
            new("at", at.Seconds),
            new("refund", lease.Bucket),
            new("guilty_deposit", isProviderGuilty ? lease.ProviderDeposit : lease.TenantDeposit),
            new("returned_deposit", isProviderGuilty ? lease.TenantDeposit : lease.ProviderDeposit),
            new("unlocked", lease.Collateral),
        ]));
        return ended;
    }

    /// <summary>
    /// Closes a lease that is settled to <paramref name="at"/>. The tenant's penalty comes out of the bucket and becomes
    /// claimable, the provider's out of its stake; the last epoch is closed, and the tenant gets the rest of the bucket.
    /// </summary>
    public static Lease Close(
        ExecutionContext context, Lease lease, MarketTime at, CloseReason reason,
        ulong tenantPenalty = 0, ulong providerPenalty = 0)
    {
        Lease paid = LeaseSettlement.CloseEpoch(context, lease, at);
        ulong refund = paid.Bucket - tenantPenalty;
        Payments.Pay(context, lease.Tenant, refund + providerPenalty);
        Provider provider = FreeUnits(Payments.ProviderOf(context, lease.Provider), lease);
        Providers.Store(context.State, TakeFromStake(provider, providerPenalty));
        context.Emit(new Event("LeaseClosed",
        [
            new("lease", lease.Id),
            new("from", LeaseNames.Of(lease.State)),
            new("to", LeaseNames.Of(LeaseState.Closed)),
            new("at", at.Seconds),
            new("reason", LeaseNames.Of(reason)),
            new("refund", refund),
            new("tenant_penalty", tenantPenalty),
            new("provider_penalty", providerPenalty),
            new("claimable", paid.Claimable + tenantPenalty),
        ]));
        CountEnd(context, paid, at, reason, providerPenalty > 0);
        return paid with
        {
            State = LeaseState.Closed,
            Reason = reason,
            StateUntil = at + lease.Terms.DisputeSeconds,
            ClosedAt = at,
            Bucket = 0,
            Claimable = paid.Claimable + tenantPenalty,
            Collateral = lease.Collateral - providerPenalty,
        };
    }

    /// <summary>A good end counts as much as fees were paid on the lease, a bad one counts whole.</summary>
    private static void CountEnd(ExecutionContext context, Lease lease, MarketTime at, CloseReason reason, bool leftEarly)
    {
        ulong weight = ReputationBook.WeightOfLease(lease, at, context.Block.Parameters);
        ulong exit = leftEarly ? ReputationMath.Million : weight;
        ReputationBook.Count(context, lease.Provider, ReputationPart.Exit, !leftEarly, exit, at);
        bool ranDry = reason == CloseReason.OutOfFunds;
        ulong pay = ranDry ? ReputationMath.Million : weight;
        ReputationBook.Count(context, lease.Tenant, ReputationPart.Pay, !ranDry, pay, at);
    }

    private static Provider FreeUnits(Provider provider, Lease lease) =>
        provider.WithUnits(lease.Terms.Resources, reserved: 0, leased: -1);

    /// <summary>Takes credits out of the locked stake for good.</summary>
    private static Provider TakeFromStake(Provider provider, ulong amount)
    {
        StakeBalance stake = provider.Stake;
        return provider with { Stake = stake with { Bonded = stake.Bonded - amount, Locked = stake.Locked - amount } };
    }
}
