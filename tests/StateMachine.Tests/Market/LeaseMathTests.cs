using System;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Settlement;
using Chain.Tests.Shared;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Market;

public sealed class LeaseMathTests
{
    [Theory]
    [InlineData(100UL, 50UL, 7UL, 107UL)]
    [InlineData(100UL, 6UL, 7UL, 100UL)]
    [InlineData(100UL, 0UL, 1UL, 100UL)]
    [InlineData(100UL, ulong.MaxValue, 1UL, ulong.MaxValue)]
    public void PaidUntil_of_a_bucket_counts_whole_seconds(ulong settled, ulong bucket, ulong rate, ulong expected) =>
        Assert.Equal(expected, LeaseMath.PaidUntil(new(settled), bucket, rate).Seconds);

    [Fact]
    public void Due_between_times_is_rate_times_seconds_and_never_negative()
    {
        Assert.Equal(35UL, LeaseMath.Due(7, new(100), new(105)));
        Assert.Equal(0UL, LeaseMath.Due(7, new(105), new(100)));
    }

    [Theory]
    [InlineData(0UL, 10UL)]
    [InlineData(9UL, 10UL)]
    [InlineData(10UL, 20UL)]
    public void NextEpoch_is_the_first_boundary_after(ulong time, ulong expected) =>
        Assert.Equal(expected, LeaseMath.NextEpoch(new(time), 10).Seconds);

    [Fact]
    public void CloseEpoch_takes_credit_then_fee_and_leaves_the_remainder()
    {
        Assert.Equal(new EpochPayout(0, 20, 981), LeaseMath.CloseEpoch(1001, 0, 200));
        Assert.Equal(new EpochPayout(250, 15, 736), LeaseMath.CloseEpoch(1001, 2500, 200));
        Assert.Equal(new EpochPayout(1001, 0, 0), LeaseMath.CloseEpoch(1001, 10_000, 200));
        Assert.Equal(new FeeSplit(0, 0, 1), LeaseMath.SplitFee(1));
        Assert.Equal(new FeeSplit(3, 1, 3), LeaseMath.SplitFee(7));
    }

    [Fact]
    public void Shares_of_any_amount_add_up()
    {
        PropertyCheck.Holds(
            ArbMap.Default.GeneratorFor<(ulong Pending, ushort CreditBps, ushort FeeBps)>(),
            shares =>
            {
                ulong credit = (ulong)(shares.CreditBps % 10_001);
                EpochPayout payout = LeaseMath.CloseEpoch(shares.Pending, credit, (ulong)(shares.FeeBps % 10_001));
                FeeSplit split = LeaseMath.SplitFee(payout.Fee);
                return payout.Credit + payout.Fee + payout.Net == shares.Pending
                    && split.Burned + split.Reliability + split.Treasury == payout.Fee;
            },
            1000);
    }

    [Fact]
    public void Collateral_is_the_larger_of_minimum_and_rate_by_tier()
    {
        Assert.Equal((UInt128)500, LeaseMath.Collateral(7, 500, 60, 10_000));
        Assert.Equal((UInt128)600, LeaseMath.Collateral(10, 500, 60, 10_000));
        Assert.Equal((UInt128)300, LeaseMath.Collateral(10, 500, 60, 5_000));
        Assert.True(LeaseMath.Collateral(MarketLimits.RatePerSecondMax, 0, uint.MaxValue, 10_000) > ulong.MaxValue);
    }

    [Fact]
    public void ProviderExitPenalty_covers_the_missing_notice_up_to_the_collateral()
    {
        Assert.Equal(70UL, LeaseMath.ProviderExitPenalty(1000, 7, 20, 10));
        Assert.Equal(50UL, LeaseMath.ProviderExitPenalty(50, 7, 20, 10));
        Assert.Equal(0UL, LeaseMath.ProviderExitPenalty(50, 7, 20, 20));
        ulong most = LeaseMath.ProviderExitPenalty(ulong.MaxValue, MarketLimits.RatePerSecondMax, MarketLimits.SecondsMax, 0);
        Assert.Equal(ulong.MaxValue, most);
    }

    [Fact]
    public void TenantExitPenalty_covers_a_share_of_the_missing_term_up_to_the_bucket()
    {
        Assert.Equal(35UL, LeaseMath.TenantExitPenalty(1000, 7, 20, 10, 5000));
        Assert.Equal(30UL, LeaseMath.TenantExitPenalty(30, 7, 20, 10, 5000));
        Assert.Equal(0UL, LeaseMath.TenantExitPenalty(1000, 7, 20, 20, 5000));
        ulong most = LeaseMath.TenantExitPenalty(
            ulong.MaxValue, MarketLimits.RatePerSecondMax, MarketLimits.SecondsMax, 0, 10_000);
        Assert.Equal(ulong.MaxValue, most);
    }
}
