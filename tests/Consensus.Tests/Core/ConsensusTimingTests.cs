using Chain.Consensus.Core;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Core;

public sealed class ConsensusTimingTests
{
    private static readonly Timestamp Time = new(1_700_000_000, 123_456_789);

    [Fact]
    public void Delays_grow_with_the_round()
    {
        Assert.Equal(1000, TestSet.Timing.DelayMs(TimeoutKind.Propose, Round.Zero));
        Assert.Equal(2500, TestSet.Timing.DelayMs(TimeoutKind.Propose, new Round(3)));
        Assert.Equal(1250, TestSet.Timing.DelayMs(TimeoutKind.Prevote, new Round(3)));
        Assert.Equal(625, TestSet.Timing.DelayMs(TimeoutKind.Precommit, new Round(3)));
    }

    /// <summary>2,000 ms × 1.1 = 2,200; × 1.1² = 2,420; × 1.1³ = 2,662. The block's part of a millisecond moves the window.</summary>
    [Theory]
    [InlineData(0, 2505)]
    [InlineData(1, 2705)]
    [InlineData(2, 2925)]
    [InlineData(3, 3167)]
    public void Message_delay_grows_by_a_tenth_each_round(int round, long latestMs)
    {
        Assert.True(TestSet.Timing.IsTimely(Time, Time.UnixMs + latestMs, new Round(round)));
        Assert.False(TestSet.Timing.IsTimely(Time, Time.UnixMs + latestMs + 1, new Round(round)));
        // 123.456789 − 505 ms rounds up to the next whole millisecond.
        Assert.True(TestSet.Timing.IsTimely(Time, Time.UnixMs - 504, new Round(round)));
        Assert.False(TestSet.Timing.IsTimely(Time, Time.UnixMs - 505, new Round(round)));
    }

    [Fact]
    public void Message_delay_stops_at_a_day_however_high_the_round()
    {
        Round high = new(int.MaxValue);
        Assert.True(TestSet.Timing.IsTimely(Time, Time.UnixMs + ConsensusLimits.MessageDelayMsMax + 505, high));
        Assert.False(TestSet.Timing.IsTimely(Time, Time.UnixMs + ConsensusLimits.MessageDelayMsMax + 506, high));
    }

    [Fact]
    public void Timeliness_holds_at_the_edges_of_the_clock_without_overflow()
    {
        Timestamp last = new(253_402_300_799, 999_999_999);
        Assert.False(TestSet.Timing.IsTimely(last, long.MinValue, Round.Zero));
        Assert.False(TestSet.Timing.IsTimely(Timestamp.GoZero, long.MaxValue, Round.Zero));
        Assert.False((TestSet.Timing with { MessageDelayMs = 0 }).IsTimely(Time, long.MaxValue, new Round(int.MaxValue)));
    }
}
