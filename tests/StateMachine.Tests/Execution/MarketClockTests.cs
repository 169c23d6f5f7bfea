using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Tests.Execution;

public sealed class MarketClockTests
{
    [Fact]
    public void Outage_beyond_the_gap_charges_nobody()
    {
        TestChain chain = new();
        ulong start = (ulong)chain.Time.Seconds;
        Assert.Equal(start + 60, chain.Run(60_000).Block.Now.Seconds);
        BlockOutcome outage = chain.Run(3_600_000);
        Assert.Equal(start + 120, outage.Block.Now.Seconds);
        Assert.Single(outage.Changes);
        Assert.Equal(3_540_000UL, MarketClock.OffsetMs(chain.State));
        Assert.Equal(start + 125, chain.Run(5_000).Block.Now.Seconds);
        Assert.Equal(start + 125, MarketClock.At(chain.State, chain.Time).Seconds);
    }

    [Fact]
    public void Short_steps_lose_nothing()
    {
        TestChain chain = new();
        ulong start = (ulong)chain.Time.Seconds;
        MarketTime now = default;
        for (int i = 0; i < 1000; i++) now = chain.Run(7).Block.Now;
        Assert.Equal(start + 7, now.Seconds);
    }
}
