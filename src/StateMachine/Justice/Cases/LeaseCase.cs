using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Reputation;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>
/// Cases about a lease. The tenant's is about the collateral, and then what the provider could claim; the provider's about what the
/// tenant has in the bucket above the time that must stay paid. Either stays where it is until the case is over, and the lease
/// does not end before.
/// </summary>
internal static class LeaseCase
{
    /// <summary>A provider may ask for nothing but the finding: a closed lease holds no credits of its tenant.</summary>
    public static ResultCode Check(
        ExecutionContext context, ulong id, out Address respondent, out ulong claimMin, out ulong claimMax)
    {
        respondent = default;
        claimMin = 0;
        claimMax = 0;
        Lease? lease = LeaseClock.Load(context, id);
        if (lease is null) return ResultCode.NotFound;
        bool isTenant = lease.Tenant == context.Sender;
        if (!isTenant && lease.Provider != context.Sender) return ResultCode.NoCaseRight;
        if (lease.State == LeaseState.Final) return ResultCode.TooLate;
        if (!lease.IsPaying && lease.State is not (LeaseState.Starved or LeaseState.Closed)) return ResultCode.BadState;
        if (lease.CaseId != 0) return ResultCode.AlreadyDone;
        respondent = isTenant ? lease.Provider : lease.Tenant;
        claimMin = isTenant ? 1UL : 0UL;
        claimMax = isTenant
            ? lease.Collateral + lease.Claimable
            : WithdrawRules.Surplus(LeaseSettlement.Settle(lease, context.Now));
        return ResultCode.Ok;
    }

    /// <summary>Holds what is contested.</summary>
    public static void Freeze(ExecutionContext context, Case opened)
    {
        Lease lease = LeaseClock.Load(context, CaseSubject.NumberOf(opened.Reference))!;
        Lease held = lease with { CaseId = opened.Id };
        if (opened.Claimant == lease.Tenant)
        {
            ulong beyond = opened.Claim > lease.Collateral ? opened.Claim - lease.Collateral : 0;
            held = held with { Contested = Math.Min(beyond, lease.Claimable) };
        }
        else
        {
            Lease settled = LeaseSettlement.Settle(held, context.Now);
            held = settled with { Bucket = settled.Bucket - opened.Claim, Frozen = opened.Claim };
        }
        LeaseStore.Store(context.State, lease, held);
    }

    /// <summary>Pays the award as far as there is anything left, and lets go of the rest. Answers what the claimant got.</summary>
    public static ulong Enforce(ExecutionContext context, Case ended, ulong award, MarketTime at)
    {
        Lease lease = LeaseClock.Bring(context, CaseSubject.NumberOf(ended.Reference), at)!;
        return ended.Claimant == lease.Tenant
            ? ToTenant(context, ended, lease, award)
            : ToProvider(context, ended, lease, award, at);
    }

    /// <summary>Who lost a case about a lease, in the role that it has in it.</summary>
    public static ReputationPart PartOf(ExecutionContext context, Case ended, in Address loser)
    {
        Lease lease = LeaseStore.Read(context.State, CaseSubject.NumberOf(ended.Reference))!;
        return loser == lease.Provider ? ReputationPart.Dispute : ReputationPart.TenantDispute;
    }

    private static ulong ToTenant(ExecutionContext context, Case ended, Lease lease, ulong award)
    {
        ulong fromStake = Math.Min(award, lease.Collateral);
        ulong fromPay = Math.Min(award - fromStake, lease.Claimable);
        Provider provider = Payments.ProviderOf(context, lease.Provider);
        StakeBalance stake = provider.Stake;
        Providers.Store(context.State, provider with
        {
            Stake = stake with { Bonded = stake.Bonded - fromStake, Locked = stake.Locked - fromStake },
        });
        Payments.Pay(context, ended.Claimant, fromStake + fromPay);
        Lease after = lease with
        {
            CaseId = 0,
            Contested = 0,
            Collateral = lease.Collateral - fromStake,
            Claimable = lease.Claimable - fromPay,
        };
        LeaseStore.Store(context.State, lease, after);
        context.Emit(new Event("LeaseCompensated",
        [
            new("case", ended.Id),
            new("lease", lease.Id),
            new("to", ended.Claimant),
            new("from_collateral", fromStake),
            new("from_claimable", fromPay),
            new("collateral", after.Collateral),
            new("claimable", after.Claimable),
        ]));
        return fromStake + fromPay;
    }

    /// <summary>
    /// What is not awarded goes back into the bucket, or to the tenant when there is none any more. After a close the tenant then has
    /// the whole dispute window once more: the provider's case kept its own out.
    /// </summary>
    private static ulong ToProvider(ExecutionContext context, Case ended, Lease lease, ulong award, MarketTime at)
    {
        ulong paid = Math.Min(award, lease.Frozen);
        ulong back = lease.Frozen - paid;
        Payments.Pay(context, ended.Claimant, paid);
        if (!lease.IsLive) Payments.Pay(context, lease.Tenant, back);
        MarketTime window = at + lease.Terms.DisputeSeconds;
        bool isLonger = lease.State == LeaseState.Closed && window > lease.StateUntil;
        Lease after = lease with
        {
            CaseId = 0,
            Frozen = 0,
            Bucket = lease.IsLive ? lease.Bucket + back : lease.Bucket,
            StateUntil = isLonger ? window : lease.StateUntil,
        };
        LeaseStore.Store(context.State, lease, DepositRules.Resume(after, at));
        context.Emit(new Event("ProviderCompensated",
        [
            new("case", ended.Id),
            new("lease", lease.Id),
            new("to", ended.Claimant),
            new("amount", paid),
            new("returned", back),
        ]));
        return paid;
    }
}
