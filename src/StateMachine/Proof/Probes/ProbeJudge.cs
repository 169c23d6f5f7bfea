using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Reputation;

namespace Chain.StateMachine.Proof.Probes;

/// <summary>What the probes of an epoch mean for the money of a lease (marketplace.md 5.1).</summary>
public static class ProbeJudge
{
    /// <summary>How far from the median a prober may be, basis points.</summary>
    private const ulong ToleranceBps = 1000;

    /// <summary>Share of an epoch's pay that goes back to the tenant.</summary>
    public static ulong CreditBps(ulong availabilityBps, ulong targetBps)
    {
        if (availabilityBps >= targetBps) return 0;
        return availabilityBps switch
        {
            >= 9900 => 1000,
            >= 9500 => 2500,
            >= 9000 => 5000,
            _ => LeaseMath.BasisPoints,
        };
    }

    /// <summary>
    /// The availability by which the epoch that ends at a time is to be paid, basis points; null where it was not probed enough, or
    /// counts for nobody.
    /// </summary>
    internal static ulong? JudgedBps(ExecutionContext context, Lease lease, MarketTime at, out ProbeEpoch? epoch)
    {
        epoch = null;
        ulong seconds = lease.Terms.EpochSeconds;
        if (at.Seconds % seconds != 0 || at.Seconds < seconds) return null;
        epoch = ProbeBook.LoadEpoch(context.State, (at.Seconds / seconds) - 1);
        if (epoch is null || epoch.Seconds != seconds || epoch.IsVoid(context.Block.Parameters)) return null;
        ProbeSheet sheet = ProbeBook.LoadSheet(context.State, epoch.Number, lease.Id);
        if (sheet.Reports.Count == 0 || IsMaintained(context, lease, epoch)) return null;
        int drawn = epoch.DrawnFor(lease.Id, lease.Tenant, lease.Provider, context.Block.Parameters).Count;
        return sheet.JudgedBps(drawn, context.Block.Parameters);
    }

    /// <summary>True when the provider announced maintenance that touches the epoch: then nothing in it counts.</summary>
    internal static bool IsMaintained(ExecutionContext context, Lease lease, ProbeEpoch epoch) =>
        Payments.ProviderOf(context, lease.Provider).IsMaintained(epoch.Begins, epoch.Ends);

    /// <summary>
    /// Counts the epoch for the provider, pays the probers who agree out of the market fee's reliability share, and lets the others
    /// lose. Answers what the probers got.
    /// </summary>
    internal static ulong Settle(ExecutionContext context, Lease lease, ProbeEpoch epoch, ulong foundBps, ulong fee, ulong reliability, MarketTime at)
    {
        Parameters parameters = context.Block.Parameters;
        ulong weight = ReputationBook.WeightOfFees(fee, parameters);
        bool isGood = foundBps >= lease.Terms.TargetBps;
        // No fee is taken of an epoch that is not paid at all, and such a one counts whole.
        ReputationBook.Count(
            context, lease.Provider, ReputationPart.Availability, isGood, isGood ? weight : ReputationMath.Million, at);
        List<Address> agreeing = [];
        foreach (ProbeReport report in ProbeBook.LoadSheet(context.State, epoch.Number, lease.Id).Reports)
        {
            if (CaseMath.IsCoherent(report.AvailabilityBps, foundBps, ToleranceBps)) agreeing.Add(report.Prober);
            else Penalize(context, report.Prober, epoch.Number, "outlier");
        }
        if (agreeing.Count == 0) return 0;
        ulong share = reliability / (ulong)agreeing.Count;
        foreach (Address prober in agreeing) Payments.Pay(context, prober, share);
        return share * (ulong)agreeing.Count;
    }

    /// <summary>A prober loses a share of the least stake, as far as it has it free; nobody in particular gets it.</summary>
    internal static void Penalize(ExecutionContext context, in Address prober, ulong epoch, string cause)
    {
        if (RoleHolders.Load(context.State, Role.Prober, prober) is not { } holder) return;
        Parameters parameters = context.Block.Parameters;
        UInt128 share = (UInt128)parameters.StakeMinProber * parameters.FaultSlashBps / LeaseMath.BasisPoints;
        ulong amount = SlashCap.Take(context, Role.Prober, prober, holder.Stake, share, context.Now);
        RoleHolders.Store(context.State, holder with { Stake = holder.Stake.WithSlashed(amount) });
        SlashSplit.ToPools(context, amount);
        context.Emit(new Event("ProberSlashed",
            [new("epoch", epoch), new("prober", prober), new("cause", cause), new("amount", amount)]));
    }
}
