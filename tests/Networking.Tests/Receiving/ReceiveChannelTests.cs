using System.Threading;
using System.Threading.Tasks;
using Chain.Networking.Receiving;

namespace Chain.Networking.Tests.Receiving;

public sealed class ReceiveChannelTests
{
    [Fact]
    public async Task Messages_thatAreDearToHandle_waitThoughTheyAreShort()
    {
        const int RateCost = 5_000;
        int burst = 10 * (NetworkLimits.CostOf(1, isLast: true) + RateCost);
        int handled = 0;
        using CancellationTokenSource ending = new();
        ReceiveChannel channel = new(
            new ChannelLimits(1_000, 100, 100_000, 1_000_000, RatePerSecond: 1, burst, RateCost),
            new ManualTime(),
            _ =>
            {
                Interlocked.Increment(ref handled);
                return ValueTask.CompletedTask;
            },
            static _ => { },
            ending.Token);

        for (int i = 0; i < 20; i++) Assert.Null(channel.Add([1], isLast: true));

        await Hang.UntilAsync(() => Volatile.Read(ref handled) == 10, "what the burst pays for");
        // The eleventh waits some hours.
        Assert.False(channel.Handling.IsCompleted);
        await ending.CancelAsync();
        await channel.Handling;
        Assert.Equal(10, handled);
    }
}
