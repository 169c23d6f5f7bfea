using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;

namespace Chain.StateMachine.Market.Settlement;

/// <summary>Moves a lease's money along: bucket → pending each second, pending → fee and claimable at the end of an epoch.</summary>
public static class LeaseSettlement
{
    /// <summary>No probes are counted yet, so no epoch is judged and nothing is credited for missed service.</summary>
    private const ulong UnjudgedCreditBps = 0;

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

    /// <summary>Shares out what is pending; nothing happens when nothing is.</summary>
    public static Lease CloseEpoch(ExecutionContext context, Lease lease)
    {
        if (lease.Pending == 0) return lease;
        EpochPayout payout = LeaseMath.CloseEpoch(lease.Pending, UnjudgedCreditBps, lease.Terms.FeeBps);
        FeeSplit split = LeaseMath.SplitFee(payout.Fee);
        Payments.TakeMarketFee(context, split);
        Lease closed = lease with
        {
            Pending = 0,
            Bucket = lease.Bucket + payout.Credit,
            Claimable = lease.Claimable + payout.Net,
            FeeTotal = lease.FeeTotal + payout.Fee,
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
            new("treasury", split.Treasury),
            new("net", payout.Net),
            new("claimable", closed.Claimable),
        ]));
        return closed;
    }
}
