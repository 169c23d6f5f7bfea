using System;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Amendments;

/// <summary>
/// Kind 14: units, rate and minimum term of a running lease change when both sides agree. The time before is paid at the old rate; a
/// higher rate needs a bucket that pays for the lock-up time at once, and collateral and units follow the new terms.
/// </summary>
public static class AmendLeaseRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        AmendLease request = (AmendLease)message;
        Lease? lease = LeaseClock.Load(context, request.LeaseId);
        if (lease is null) return ResultCode.NotFound;
        if (lease.Tenant != context.Sender && lease.Provider != context.Sender) return ResultCode.NotOwner;
        // A case holds the collateral as it is.
        if (lease.State != LeaseState.Active || lease.CaseId != 0) return ResultCode.BadState;
        return request.Action == AmendAction.Propose
            ? Propose(context, lease, request)
            : Accept(context, lease, request.Terms);
    }

    private static ResultCode Propose(ExecutionContext context, Lease lease, AmendLease request)
    {
        AmendedTerms terms = request.Terms;
        if (terms.Resources.IsEmpty || terms.RatePerSecond == 0 || request.ValidSeconds == 0) return ResultCode.BelowMinimum;
        bool isOver = !terms.Resources.IsWithin(MarketLimits.UnitsMax)
            || terms.RatePerSecond > MarketLimits.RatePerSecondMax
            || terms.MinTermSeconds > MarketLimits.SecondsMax
            || request.ValidSeconds > context.Block.Parameters.OrderExpirySecondsMax;
        if (isOver) return ResultCode.OverMaximum;
        if (terms == Present(lease)) return ResultCode.AlreadyDone;

        Amendment amendment = new(lease.Id, context.Sender, terms, context.Now + request.ValidSeconds);
        AmendmentStore.Store(context.State, amendment);
        context.Emit(new Event("AmendmentProposed",
        [
            new("lease", lease.Id),
            new("by", amendment.By),
            new("from", LeaseNames.Of(lease.State)),
            new("to", LeaseNames.Of(lease.State)),
            .. Units("", terms.Resources),
            new("rate", terms.RatePerSecond),
            new("min_term", terms.MinTermSeconds),
            new("valid_until", amendment.ValidUntil.Seconds),
        ]));
        return ResultCode.Ok;
    }

    private static ResultCode Accept(ExecutionContext context, Lease lease, AmendedTerms terms)
    {
        Amendment? amendment = AmendmentStore.Read(context.State, lease.Id);
        if (amendment is null) return ResultCode.NotFound;
        if (amendment.By == context.Sender) return ResultCode.SelfDeal;
        if (amendment.ValidUntil <= context.Now) return ResultCode.TooLate;
        if (amendment.Terms != terms) return ResultCode.NoMatch;
        Lease settled = LeaseSettlement.Settle(lease, context.Now);
        bool isDearer = terms.RatePerSecond > lease.Terms.RatePerSecond;
        UInt128 needed = (UInt128)terms.RatePerSecond * Math.Max(1, lease.Terms.LockSeconds);
        if (isDearer && settled.Bucket < needed) return ResultCode.Insolvent;
        Provider provider = CapacityClock.LoadProvider(context, lease.Provider)!.WithUnlocked(lease.Collateral)
            .WithUnits(lease.Terms.Resources, reserved: 0, leased: -1);
        GpuKind cards = lease.Terms.Resources.Gpu.Serves(terms.Resources.Gpu) ? lease.Terms.Resources.Gpu : GpuKind.Any;
        ResultCode fits = ResourceFit.Find(provider, terms.Resources, cards, out ResourceVector units);
        if (fits != ResultCode.Ok) return fits;
        if (!IsProven(context, provider, lease.Terms.Resources, units)) return ResultCode.Capacity;
        UInt128 collateral = LeaseCollateral.Of(context, lease.Provider, terms.RatePerSecond, context.Now);
        if (collateral > provider.StakeFree) return ResultCode.StakeLocked;

        Providers.Store(context.State, provider.WithUnits(units, reserved: 0, leased: 1).WithLocked((ulong)collateral));
        Lease after = settled with
        {
            Terms = lease.Terms with
            {
                Resources = units,
                RatePerSecond = terms.RatePerSecond,
                MinTermSeconds = terms.MinTermSeconds,
            },
            Collateral = (ulong)collateral,
        };
        LeaseStore.Store(context.State, lease, after);
        AmendmentStore.Delete(context.State, lease.Id);
        EmitAmended(context, settled, after);
        return ResultCode.Ok;
    }

    /// <summary>Fewer units than before always fit, whatever has been proven since.</summary>
    private static bool IsProven(ExecutionContext context, Provider without, ResourceVector before, ResourceVector units)
    {
        foreach (ResourceClass resource in Enum.GetValues<ResourceClass>())
        {
            bool grows = units.Of(resource) > before.Of(resource);
            if (grows && ProvenCapacity.FreeOf(context, without, resource) < units.Of(resource)) return false;
        }
        return true;
    }

    private static void EmitAmended(ExecutionContext context, Lease before, Lease after) => context.Emit(new Event("LeaseAmended",
    [
        new("lease", after.Id),
        new("from", LeaseNames.Of(before.State)),
        new("to", LeaseNames.Of(after.State)),
        .. Units("_before", before.Terms.Resources),
        .. Units("", after.Terms.Resources),
        new("rate_before", before.Terms.RatePerSecond),
        new("rate", after.Terms.RatePerSecond),
        new("min_term_before", before.Terms.MinTermSeconds),
        new("min_term", after.Terms.MinTermSeconds),
        new("collateral_before", before.Collateral),
        new("collateral", after.Collateral),
        new("bucket", after.Bucket),
        new("pending", after.Pending),
        new("paid_until", after.PaidUntil.Seconds),
    ]));

    private static AmendedTerms Present(Lease lease) =>
        new(lease.Terms.Resources, lease.Terms.RatePerSecond, lease.Terms.MinTermSeconds);

    private static EventAttribute[] Units(string suffix, ResourceVector units) =>
    [
        new("cpu_milli" + suffix, units.CpuMilli),
        new("memory_mib" + suffix, units.MemoryMib),
        new("storage_gib" + suffix, units.StorageGib),
        new("gpus" + suffix, units.Gpus),
    ];
}
