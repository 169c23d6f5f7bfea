using System;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Market.Settlement;

/// <summary>
/// The money rules of a lease as pure functions (marketplace.md 5.1), on market seconds and ncredit. Products are
/// <see cref="UInt128"/>, in range for every rate with lengths and ratios below 2^32; whatever is answered as
/// <see cref="ulong"/> is bounded by an amount that is held.
/// </summary>
public static class LeaseMath
{
    /// <summary>Ratios are parts of this many.</summary>
    public const ulong BasisPoints = 10_000;

    /// <summary>The first second that the bucket does not pay for. A rate is at least 1; beyond the clock's range it is never.</summary>
    public static MarketTime PaidUntil(MarketTime settledAt, ulong bucket, ulong ratePerSecond)
    {
        ulong seconds = bucket / ratePerSecond;
        return seconds > ulong.MaxValue - settledAt.Seconds ? new MarketTime(ulong.MaxValue) : settledAt + seconds;
    }

    /// <summary>
    /// What is due from <paramref name="settledAt"/> to <paramref name="end"/>, which is not after <see cref="PaidUntil"/>;
    /// nothing when the end is not later. There is no rounding, so settling in two steps is settling in one.
    /// </summary>
    public static ulong Due(ulong ratePerSecond, MarketTime settledAt, MarketTime end) =>
        end <= settledAt ? 0 : ratePerSecond * (end.Seconds - settledAt.Seconds);

    /// <summary>The first boundary of SLA epochs after a time. Epochs are the same for all leases.</summary>
    public static MarketTime NextEpoch(MarketTime time, ulong epochSeconds) =>
        new(((time.Seconds / epochSeconds) + 1) * epochSeconds);

    /// <summary>
    /// Closes an epoch, the only place that rounds: credit to the tenant for missed service, the market fee of what
    /// remains, and the rest to the provider.
    /// </summary>
    public static EpochPayout CloseEpoch(ulong pending, ulong creditBps, ulong feeBps)
    {
        ulong credit = Share(pending, creditBps);
        ulong fee = Share(pending - credit, feeBps);
        return new EpochPayout(credit, fee, pending - credit - fee);
    }

    /// <summary>Half of a market fee is burned, a quarter goes to the reliability pool, the rest to the treasury.</summary>
    public static FeeSplit SplitFee(ulong fee)
    {
        ulong burned = fee / 2;
        ulong reliability = fee / 4;
        return new FeeSplit(burned, reliability, fee - burned - reliability);
    }

    /// <summary>What a provider locks for a lease: <c>max(minimum, rate · seconds) · tier</c>.</summary>
    public static UInt128 Collateral(ulong ratePerSecond, ulong minimum, ulong seconds, ulong tierBps)
    {
        UInt128 byRate = (UInt128)ratePerSecond * seconds;
        UInt128 larger = byRate > minimum ? byRate : minimum;
        return larger * tierBps / BasisPoints;
    }

    /// <summary>What a provider pays for leaving with less notice than agreed: <c>min(C, rate · (notice − given))</c>.</summary>
    public static ulong ProviderExitPenalty(ulong collateral, ulong ratePerSecond, ulong noticeSeconds, ulong givenSeconds)
    {
        if (givenSeconds >= noticeSeconds) return 0;
        return Least(collateral, (UInt128)ratePerSecond * (noticeSeconds - givenSeconds));
    }

    /// <summary>What a tenant pays for leaving before the minimum term: <c>min(bucket, rate · (term − elapsed) · exit)</c>.</summary>
    public static ulong TenantExitPenalty(
        ulong bucket, ulong ratePerSecond, ulong minTermSeconds, ulong elapsedSeconds, ulong exitBps)
    {
        if (elapsedSeconds >= minTermSeconds) return 0;
        UInt128 missing = (UInt128)ratePerSecond * (minTermSeconds - elapsedSeconds);
        return Least(bucket, missing * exitBps / BasisPoints);
    }

    private static ulong Share(ulong amount, ulong bps) => (ulong)((UInt128)amount * bps / BasisPoints);

    private static ulong Least(ulong held, UInt128 claim) => claim < held ? (ulong)claim : held;
}
