using System;
using Chain.Primitives.Codec;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Reputation;
using Chain.StateMachine.Trust.Reviews;
using FsCheck;
using FsCheck.Fluent;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Trust;

public sealed class ReputationTests
{
    /// <summary>Values of marketplace.md 5.1.</summary>
    [Theory]
    [InlineData(194, 200, 943_043)]
    [InlineData(1940, 2000, 963_062)]
    [InlineData(200, 200, 986_650)]
    [InlineData(10, 10, 787_029)]
    [InlineData(1, 1, 269_832)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 50, 0)]
    public void Lower_bound_has_the_checked_values(ulong good, ulong total, ulong expected)
    {
        Assert.Equal(expected, ReputationMath.LowerBoundPpm(good, total, 1));
        ulong fine = ReputationMath.LowerBoundPpm(good * 1_000_000, total * 1_000_000, 1_000_000);
        Assert.InRange(fine, expected == 0 ? 0 : expected - 2, expected + 2);
    }

    [Fact]
    public void Square_root_is_the_integer_below()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).Two().ToArbitrary(), pair =>
        {
            UInt128 number = (UInt128)(uint)pair.Item1 * (uint)pair.Item2 * (uint)pair.Item1;
            UInt128 root = ReputationMath.SquareRoot(number);
            Assert.True(root * root <= number && (root + 1) * (root + 1) > number);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Lower_bound_rises_with_good_samples_and_falls_with_bad_ones()
    {
        for (ulong total = 1; total < 60; total++)
        {
            for (ulong good = 0; good < total; good++)
            {
                ulong here = ReputationMath.LowerBoundPpm(good, total, 1);
                Assert.True(ReputationMath.LowerBoundPpm(good + 1, total + 1, 1) >= here);
                Assert.True(ReputationMath.LowerBoundPpm(good, total + 1, 1) <= here);
            }
        }
    }

    [Fact]
    public void Counts_fade_when_they_are_read_and_in_no_order_when_they_are_made()
    {
        ReputationCounter one = ReputationCounter.None.With(5, true, 1_000_000).With(7, false, 500_000).With(5, false, 1);
        ReputationCounter other = ReputationCounter.None.With(7, false, 500_000).With(5, false, 1).With(5, true, 1_000_000);
        Assert.Equal(one.Encode(), other.Encode());
        Assert.Equal((0UL, 0UL), one.Before(5, 995_000));
        Assert.Equal((1_000_000UL, 1_000_001UL), one.Before(6, 995_000));
        // 0.995^64 = 0.725566...
        Assert.Equal((725_566UL, 725_567UL), one.Before(7, 995_000));
        Assert.Equal((0UL, 0UL), one.Before(1_000_000, 995_000));
        Assert.Equal((1_000_000UL, 1_500_001UL), one.Before(1000, 1_000_000));
        ReputationCounter full = ReputationCounter.None;
        for (ulong season = 1; season <= 20; season++) full = full.With(season, true, 1);
        Assert.Equal((16, 5UL), (full.Seasons.Count, full.Seasons[0].Number));
        byte[] bytes = one.Encode();
        Assert.True(ReputationCounter.TryDecode(bytes, out ReputationCounter read, out _));
        Assert.Equal(bytes, read.Encode());
        Assert.False(ReputationCounter.TryDecode(new ReputationCounter([new(1, 2, 1)]).Encode(), out _, out DecodeError error));
        Assert.Equal(DecodeCode.OutOfRange, error.Code);
        Assert.False(ReputationCounter.TryDecode(new ReputationCounter([new(2, 1, 1), new(2, 1, 1)]).Encode(), out _, out _));
    }

    [Fact]
    public void A2_good_end_of_a_lease_counts_by_its_fees_and_a_bad_one_whole()
    {
        MarketWorld world = new();
        ulong dear = world.StartedLease();
        world.Advance(50);
        world.Must(Tenant, new CloseLease(dear, CloseReason.Done, CloseMode.Now));
        // 50 s at 4,000,000: 2 % of 200,000,000 is 4,000,000 of fees, four tenths of a unit of 10,000,000.
        Assert.Equal(400_000UL, Good(world, ReputationPart.Exit));
        Assert.Equal(400_000UL, Sum(world, Tenant, ReputationPart.Pay).Good);
        ulong left = world.StartedLease();
        world.Advance(1);
        world.Must(ProviderA, new CloseLease(left, CloseReason.Unstable, CloseMode.Now));
        ReputationSeason exits = Sum(world, ProviderA, ReputationPart.Exit);
        Assert.Equal(1_000_000UL, exits.Total - exits.Good);
        world.Advance(30);
        // Both are final; neither had a case. The second lease paid 80,000 of fees.
        Assert.Equal(408_000UL, Sum(world, ProviderA, ReputationPart.Dispute).Good);
    }

    [Fact]
    public void Who_does_not_start_or_pay_is_counted_for_it()
    {
        MarketWorld world = new();
        ulong never = world.MakeLease();
        world.Advance(20);
        Assert.Equal(LeaseState.NoShowTenant, world.LeaseAt(never).State);
        Assert.Equal((0UL, 1_000_000UL), (Sum(world, Tenant, ReputationPart.Start).Good, Sum(world, Tenant, ReputationPart.Start).Total));
        ulong dry = world.StartedLease(Terms(prepaid: 20));
        world.Advance(40);
        Assert.Equal(CloseReason.OutOfFunds, world.LeaseAt(dry).Reason);
        Assert.Equal(1_000_000UL, Sum(world, Tenant, ReputationPart.Pay).Total);
        ulong absent = world.MakeLease();
        world.Must(Tenant, new StartLease(absent, default, default));
        world.Advance(40);
        Assert.Equal(LeaseState.NoShowProvider, world.LeaseAt(absent).State);
        world.Advance(640);
        Assert.InRange(ReputationBook.ScoreOf(world.State, ProviderA, ReputationPart.Exit, world.Now, world.Parameters).Samples, 1_000_000UL, 1_200_000UL);
    }

    [Fact]
    public void Reviews_count_as_much_as_fees_stand_behind_them()
    {
        MarketWorld world = new();
        Parameters parameters = world.Parameters;
        Assert.Equal(default, ReputationBook.ReviewsOf(world.State, ProviderA, ReviewSide.Provider, parameters));
        new RatingTotals(3, 100_000_000, 500_000_000, 500_000_000, 500_000_000).Store(world.State, ProviderA, ReviewSide.Provider);
        // Ten units of fees, all five stars: as ten out of ten.
        Assert.InRange(ReputationBook.ReviewsOf(world.State, ProviderA, ReviewSide.Provider, parameters).Ppm, 787_028UL, 787_030UL);
        new RatingTotals(3, 100_000_000, 100_000_000, 100_000_000, 100_000_000).Store(world.State, ProviderA, ReviewSide.Provider);
        Assert.Equal(0UL, ReputationBook.ReviewsOf(world.State, ProviderA, ReviewSide.Provider, parameters).Ppm);
    }

    private static ulong Good(MarketWorld world, ReputationPart part) => Sum(world, ProviderA, part).Good;

    private static ReputationSeason Sum(MarketWorld world, Primitives.Bytes.Address subject, ReputationPart part)
    {
        ReputationSeason sum = default;
        foreach (ReputationSeason season in ReputationBook.Read(world.State, subject, part).Seasons)
        {
            sum = new ReputationSeason(0, sum.Good + season.Good, sum.Total + season.Total);
        }
        return sum;
    }
}
