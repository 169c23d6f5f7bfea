using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Proof.Logs;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Reputation;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.StateMachine.Market.Leases;

/// <summary>
/// What time does to a lease. Whoever comes first in a block, the timed queue or a message, brings the lease to the block's
/// time by the same steps, each dated at its own due time: how late a step runs changes no amount and no deadline.
/// </summary>
/// <remarks>
/// What a step hands out (balances, freed stake and units) arrives when it runs. Under a backlog of timed moves, whoever
/// needs it sooner names the lease in a settle message.
/// </remarks>
public static class LeaseClock
{
    /// <summary>
    /// The lease with every step done that is due by the block's time, or null when there is none (any more). It is settled to
    /// its last step, not to now, so that running a step earlier or later leaves the same record.
    /// </summary>
    public static Lease? Load(ExecutionContext context, ulong id)
    {
        Lease? stored = LeaseStore.Read(context.State, id);
        if (stored is { IsOfStandingOrder: true, IsLive: true })
        {
            OrderClock.Load(context, stored.OrderId);
            stored = LeaseStore.Read(context.State, id);
        }
        if (stored is not { CaseId: not 0 }) return BringStored(context, stored, context.Now);
        // What a case that is over by now takes or lets go, it does first: it brings the lease to its own end by itself.
        CaseClock.Load(context, stored.CaseId);
        return Bring(context, id, context.Now);
    }

    /// <summary>The lease at a time that is not after the block's, whatever its case would do before it: for the case itself.</summary>
    internal static Lease? Bring(ExecutionContext context, ulong id, MarketTime at) =>
        BringStored(context, LeaseStore.Read(context.State, id), at);

    /// <summary>Its next step alone, for the order that brings all its leases to time together.</summary>
    internal static void StepOnce(ExecutionContext context, Lease lease)
    {
        Lease? after = Step(context, lease, lease.Due);
        if (after is null) LeaseStore.Delete(context.State, lease);
        else LeaseStore.Store(context.State, lease, after);
    }

    private static Lease? BringStored(ExecutionContext context, Lease? stored, MarketTime at)
    {
        if (stored is { IsOfStandingOrder: true, IsLive: true } && stored.Due <= at)
        {
            OrderClock.Bring(context, stored.OrderId, at, withCases: false);
            stored = LeaseStore.Read(context.State, stored.Id);
        }
        Lease? lease = stored;
        while (lease is not null && lease.Due <= at) lease = Step(context, lease, lease.Due);
        if (stored is null || ReferenceEquals(stored, lease)) return lease;
        if (lease is null) LeaseStore.Delete(context.State, stored);
        else LeaseStore.Store(context.State, stored, lease);
        return lease;
    }

    private static Lease? Step(ExecutionContext context, Lease lease, MarketTime at) => lease.State switch
    {
        LeaseState.Pending => LeaseEnds.NoShow(context, lease, lease.IsTenantReady, at),
        LeaseState.Active or LeaseState.Notice => Run(context, lease, at),
        LeaseState.Starved => Wait(context, lease, at),
        _ => AfterEnd(context, lease, at),
    };

    /// <summary>An epoch closes, the notice is over or the bucket is empty; an epoch comes first where they coincide.</summary>
    private static Lease Run(ExecutionContext context, Lease lease, MarketTime at)
    {
        Lease settled = LeaseSettlement.Settle(lease, at);
        if (LeaseSettlement.IsEpochEnd(settled, at)) settled = LeaseSettlement.CloseEpoch(context, settled, at);
        if (LeaseSettlement.IsEpochEnd(settled, at) && IsFaulted(context, lease.Id)) return EndFaulted(context, settled, at);
        if (settled.State == LeaseState.Notice && at == settled.StateUntil)
        {
            return LeaseEnds.Close(context, settled, at, CloseReason.NoticeOver, isProvidersDoing: true);
        }
        if (settled.PaidUntil > at) return settled;
        if (settled.State == LeaseState.Notice) return LeaseEnds.Close(context, settled, at, CloseReason.OutOfFunds);
        context.Emit(new Event("LeaseStarved",
        [
            new("lease", lease.Id),
            new("from", LeaseNames.Of(lease.State)),
            new("to", LeaseNames.Of(LeaseState.Starved)),
            new("bucket", settled.Bucket),
            new("grace_until", (at + settled.Terms.GraceSeconds).Seconds),
        ]));
        return settled with { State = LeaseState.Starved, StateUntil = at + settled.Terms.GraceSeconds };
    }

    private static bool IsFaulted(ExecutionContext context, ulong id) =>
        DataSet.Load(context.State, id) is { } set && set.Faults >= context.Block.Parameters.ProofFaultsMax;

    /// <summary>As if the provider had left without notice.</summary>
    private static Lease EndFaulted(ExecutionContext context, Lease lease, MarketTime at)
    {
        ulong penalty = LeaseEnds.ProviderPenalty(lease, at);
        return LeaseEnds.Close(context, lease, at, CloseReason.Faulted, providerPenalty: penalty, isProvidersDoing: true);
    }

    private static Lease Wait(ExecutionContext context, Lease lease, MarketTime at)
    {
        Lease settled = LeaseSettlement.IsEpochEnd(lease, at) ? LeaseSettlement.CloseEpoch(context, lease, at) : lease;
        return at == lease.StateUntil ? LeaseEnds.Close(context, settled, at, CloseReason.OutOfFunds) : settled;
    }

    private static Lease? AfterEnd(ExecutionContext context, Lease lease, MarketTime at)
    {
        if (lease.HasHiddenReview && at == lease.ReviewUntil)
        {
            ReviewBook.PublishAll(context, lease.Id, at);
            return lease with { HasHiddenReview = false };
        }
        if (lease.State == LeaseState.Closed) return Finish(context, lease, at);
        AmendmentStore.Delete(context.State, lease.Id);
        AnchorLogRules.Drop(context.State, lease.Id);
        DataSetClock.Load(context, lease.Id);
        Payments.Pay(context, lease.Tenant, lease.StorageDeposit);
        context.Emit(new Event("LeasePruned",
        [
            new("lease", lease.Id),
            new("from", LeaseNames.Of(lease.State)),
            new("to", "gone"),
            new("storage_deposit", lease.StorageDeposit),
        ]));
        return null;
    }

    /// <summary>The dispute window is over: the collateral is free, and what was not withdrawn is paid out.</summary>
    private static Lease Finish(ExecutionContext context, Lease lease, MarketTime at)
    {
        Provider provider = Payments.ProviderOf(context, lease.Provider).WithUnlocked(lease.Collateral);
        provider = provider with { LiveLeases = provider.LiveLeases - 1 };
        Providers.Store(context.State, provider.ProvenBy(context, lease, at));
        Payments.Pay(context, lease.Provider, lease.Claimable);
        ulong weight = ReputationBook.WeightOfLease(lease, lease.ClosedAt, context.Block.Parameters);
        ReputationBook.Count(context, lease.Provider, ReputationPart.Dispute, isGood: true, weight, at);
        ReputationBook.Count(context, lease.Tenant, ReputationPart.TenantDispute, isGood: true, weight, at);
        context.Emit(new Event("LeaseFinal",
        [
            new("lease", lease.Id),
            new("from", LeaseNames.Of(lease.State)),
            new("to", LeaseNames.Of(LeaseState.Final)),
            new("paid", lease.Claimable),
            new("unlocked", lease.Collateral),
        ]));
        MarketTime quiet = lease.ReviewUntil > at ? lease.ReviewUntil : at;
        return lease with
        {
            State = LeaseState.Final,
            StateUntil = quiet + lease.Terms.PruneSeconds,
            Claimable = 0,
            Collateral = 0,
        };
    }
}
