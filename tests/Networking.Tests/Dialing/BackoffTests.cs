using System;
using System.Linq;
using Chain.Networking.Dialing;

namespace Chain.Networking.Tests.Dialing;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_doubleToTheBound_halfOfEachRandom()
    {
        Backoff shortest = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(15), () => 0);
        Backoff longest = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(15), () => 1);

        Assert.Equal(
            new double[] { 125, 250, 500, 1_000, 2_000, 4_000, 7_500, 7_500 },
            Enumerable.Range(0, 8).Select(_ => shortest.Next().TotalMilliseconds));
        Assert.Equal(
            new double[] { 250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000 },
            Enumerable.Range(0, 8).Select(_ => longest.Next().TotalMilliseconds));
    }

    [Fact]
    public void Waits_afterReset_beginAnew()
    {
        Backoff backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(100), () => 1);
        for (int i = 0; i < 100; i++) backoff.Next();

        backoff.Reset();

        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Next());
    }
}
