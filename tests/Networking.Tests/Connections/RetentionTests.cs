using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;

namespace Chain.Networking.Tests.Connections;

/// <summary>A node runs for years and sees very many connections: each holds 64 KiB and more while it lives.</summary>
public sealed class RetentionTests
{
    private const int ConnectionCount = 40;

    [Fact]
    public async Task Connections_thatEnded_areForgotten()
    {
        ConcurrentBag<WeakReference<IPeer>> seen = [];
        TestHandler handler = new()
        {
            Keeps = peer =>
            {
                seen.Add(new WeakReference<IPeer>(peer));
                return false;
            },
            OnMessage = static (_, _, _, _) => ValueTask.CompletedTask,
        };
        await using TestNode node = await TestNode.StartAsync(
            0, options => options with { BanMin = TimeSpan.FromTicks(1), BanMax = TimeSpan.FromTicks(1) }, handler);

        for (int i = 0; i < ConnectionCount; i++) await JoinAndLeaveAsync(node, 5 + (i % 3), isRude: i % 2 == 0);

        await Hang.UntilAsync(() => Alive(seen) == 0, "the memory of ended connections");
        Assert.Equal(2 * ConnectionCount, seen.Count);
        Assert.Empty(node.Network.Peers);
    }

    /// <param name="isRude">Ends with a fault and a message that is not whole, else by hanging up.</param>
    private static async Task JoinAndLeaveAsync(TestNode node, int key, bool isRude)
    {
        long ended = node.Network.Counters.Ended.Sum();
        await using (RawPeer peer = await RawPeer.JoinAsync(node, key))
        {
            await peer.SendAsync(RawPeer.Frame((byte)Channel.Votes, new byte[100]));
            if (isRude)
            {
                await peer.SendAsync(RawPeer.Frame((byte)Channel.Blocks, new byte[NetworkLimits.FramePayloadMax], isLast: false));
                await peer.FloodAsync(new byte[] { 0, 0, 0, 0 }, 1);
                await peer.ReadGoodbyeAsync();
            }
        }
        await Hang.UntilAsync(() => node.Network.Counters.Ended.Sum() > ended, "the end");
    }

    private static int Alive(ConcurrentBag<WeakReference<IPeer>> seen)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return seen.Count(static reference => reference.TryGetTarget(out _));
    }
}
