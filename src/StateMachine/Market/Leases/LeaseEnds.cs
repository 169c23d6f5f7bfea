using System;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Orders;
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
        ulong returned = lease.Bucket + (isProviderGuilty ? deposits : 0);
        ulong refund = StandingOrders.LeaseEnded(context, lease, isProviderGuilty, returned, at);
        Payments.Pay(context, lease.Tenant, refund);
        if (!isProviderGuilty) Payments.Pay(context, lease.Provider, deposits);
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
            new("kept_for_renewal", returned - refund),
        ]));
        return ended;
    }

    /// <summary>
    /// Closes a lease that is settled to <paramref name="at"/>. The tenant's penalty comes out of the bucket and becomes
    /// claimable, the provider's out of its stake; the last epoch is closed, and the tenant gets the rest of the bucket, or a standing
    /// order keeps it to replace a provider that left.
    /// </summary>
    public static Lease Close(
        ExecutionContext context, Lease lease, MarketTime at, CloseReason reason,
        ulong tenantPenalty = 0, ulong providerPenalty = 0, bool isProvidersDoing = false)
    {
        Lease paid = LeaseSettlement.CloseEpoch(context, lease, at);
        ulong refund = paid.Bucket - tenantPenalty;
        ulong paidOut = StandingOrders.LeaseEnded(context, lease, isProvidersDoing, refund + providerPenalty, at);
        Payments.Pay(context, lease.Tenant, paidOut);
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
            new("kept_for_renewal", refund + providerPenalty - paidOut),
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

    /// <summary>
    /// What a provider pays that leaves a lease that is paid for: its rate for the notice that is missing. Of a standing order it is the
    /// same share of the collateral, where that is more: no low rate is a cheap way through all renewals.
    /// </summary>
    public static ulong ProviderPenalty(Lease lease, MarketTime at)
    {
        LeaseTerms terms = lease.Terms;
        ulong given = lease.State == LeaseState.Notice ? at.Seconds - lease.NoticeAt.Seconds : 0;
        ulong penalty = LeaseMath.ProviderExitPenalty(lease.Collateral, terms.RatePerSecond, terms.NoticeSeconds, given);
        if (penalty == 0 || !lease.IsOfStandingOrder) return penalty;
        return Math.Max(penalty, (ulong)((UInt128)lease.Collateral * (terms.NoticeSeconds - given) / terms.NoticeSeconds));
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
