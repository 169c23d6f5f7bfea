using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Rebates;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Proof.Storage;

namespace Chain.StateMachine.Market.Settlement;

/// <summary>Moves a lease's money along: bucket → pending each second, pending → fee and claimable at the end of an epoch.</summary>
public static class LeaseSettlement
{
    /// <summary>
    /// Pays from the bucket up to a time that is not past the lease's next step. Settling twice, or in pieces, is settling
    /// once; a lease that is not paying stays as it is.
    /// </summary>
    public static Lease Settle(Lease lease, MarketTime at)
    {
        if (!lease.IsPaying) return lease;
        MarketTime end = lease.PaidUntil < at ? lease.PaidUntil : at;
        ulong due = LeaseMath.Due(lease.Terms.RatePerSecond, lease.SettledAt, end);
        if (due == 0) return lease;
        return lease with
        {
            SettledAt = end,
            Bucket = lease.Bucket - due,
            Pending = lease.Pending + due,
            DueTotal = lease.DueTotal + due,
        };
    }

    public static bool IsEpochEnd(Lease lease, MarketTime at) => at.Seconds % lease.Terms.EpochSeconds == 0;

    /// <summary>
    /// Shares out what is pending; nothing happens when nothing is. What probers found of the epoch, or data that was not proven,
    /// gives a part back to the tenant.
    /// </summary>
    public static Lease CloseEpoch(ExecutionContext context, Lease lease, MarketTime at)
    {
        if (lease.Pending == 0) return lease;
        ulong? found = ProbeJudge.JudgedBps(context, lease, at, out ProbeEpoch? epoch);
        ulong creditBps = found is { } bps ? ProbeJudge.CreditBps(bps, lease.Terms.TargetBps) : 0;
        bool isUnproven = DataSetClock.Load(context, lease.Id) is { Faults: > 0 };
        EpochPayout payout = LeaseMath.CloseEpoch(
            lease.Pending, isUnproven ? LeaseMath.BasisPoints : creditBps, lease.Terms.FeeBps);
        FeeSplit split = LeaseMath.SplitFee(payout.Fee);
        ulong probers = found is { } judged ? ProbeJudge.Settle(context, lease, epoch!, judged, payout.Fee, split.Reliability, at) : 0;
        split = split with { Reliability = split.Reliability - probers };
        if (found is { } earned) RebateBook.Count(context, lease, payout, earned, at);
        Payments.TakeMarketFee(context, split);
        Lease closed = lease with
        {
            Pending = 0,
            Bucket = lease.Bucket + payout.Credit,
            Claimable = lease.Claimable + payout.Net,
            FeeTotal = lease.FeeTotal + payout.Fee,
            CreditTotal = lease.CreditTotal + payout.Credit,
        };
        context.Emit(new Event("EpochClosed",
        [
            new("lease", lease.Id),
            new("until", lease.SettledAt.Seconds),
            new("due", lease.Pending),
            new("credit", payout.Credit),
            new("fee", payout.Fee),
            new("burned", split.Burned),
            new("reliability", split.Reliability),
            new("probers", probers),
            new("treasury", split.Treasury),
            new("net", payout.Net),
            new("claimable", closed.Claimable),
        ]));
        return closed;
    }
}
