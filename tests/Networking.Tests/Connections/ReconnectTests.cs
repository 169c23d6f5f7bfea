using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;

namespace Chain.Networking.Tests.Connections;

/// <summary>Connections that were lost come back.</summary>
public sealed class ReconnectTests
{
    [Fact]
    public async Task Peer_restartedAtTheSameAddress_isConnectedAgain()
    {
        await using TestNode left = await TestNode.StartAsync(0);
        TestNode right = await TestNode.StartAsync(1);
        IPEndPoint endpoint = right.Network.Endpoint;
        await left.DialAsync(right);

        await right.DisposeAsync();
        await Hang.UntilAsync(() => left.Handler.Disconnected.Count == 1, "the end");
        Assert.Equal(1, left.Network.Counters.Ended[(int)EndReason.Stopping]);
        await Hang.UntilAsync(() => left.Network.Counters.Refused[(int)EndReason.Unreachable] >= 3, "attempts");

        await using TestNode again = await TestNode.StartAsync(1, options => options with { Listen = endpoint });
        await Hang.UntilAsync(() => left.IsConnectedTo(again), "the connection");
    }

    [Fact]
    public async Task Peer_reportedForALie_comesBackAfterItsBan()
    {
        await using TestNode left = await TestNode.StartAsync(0);
        await using TestNode right = await TestNode.StartAsync(1, options => options with { BanMin = System.TimeSpan.FromSeconds(0.5) });
        await left.DialAsync(right);

        right.PeerOf(left)!.Report(PeerFault.Lie);

        await Hang.UntilAsync(() => left.Network.Counters.Ended[(int)EndReason.Fault] == 1, "the end");
        await Hang.UntilAsync(() => left.Network.Counters.Refused[(int)EndReason.Banned] > 0, "the ban");
        await Hang.UntilAsync(() => left.IsConnectedTo(right) && right.IsConnectedTo(left), "the return");
        Assert.Equal(1, right.Network.Counters.Bans);
    }

    [Fact]
    public async Task Report_ofUselessness_endsOnlyWhenRepeated()
    {
        await using TestNode left = await TestNode.StartAsync(0);
        await using TestNode right = await TestNode.StartAsync(1);
        await left.DialAsync(right);
        IPeer peer = right.PeerOf(left)!;

        peer.Report(PeerFault.Useless);
        Assert.Empty(right.Handler.Disconnected);
        for (int i = 0; i < 20; i++) peer.Report(PeerFault.Useless);

        await Hang.UntilAsync(() => right.Handler.Disconnected.Contains(peer), "the end");
        Assert.False(peer.TrySend(Channel.Votes, new byte[] { 1 }));
    }

    [Fact]
    public async Task Targets_takenOffTheList_areNoLongerDialled()
    {
        await using TestNode left = await TestNode.StartAsync(0);
        PeerAddress nowhere;
        await using (TestNode right = await TestNode.StartAsync(1)) nowhere = right.Address;
        left.Network.SetDialTargets([nowhere]);
        await Hang.UntilAsync(() => left.Network.Counters.Dials > 2, "attempts");

        left.Network.SetDialTargets([]);
        await using TestNode again = await TestNode.StartAsync(1, options => options with
        {
            Listen = new IPEndPoint(IPAddress.Loopback, nowhere.Port),
        });

        // One attempt may be under way; then the count stands.
        List<long> counts = [];
        while (counts.Count < 20 || counts[^1] != counts[^20])
        {
            counts.Add(left.Network.Counters.Dials);
            await Task.Delay(20);
            Assert.True(counts.Count < 1_000, "it still dials");
        }
        left.Network.SetDialTargets([again.Address]);
        await Hang.UntilAsync(() => left.IsConnectedTo(again), "the connection");
    }

    [Fact]
    public async Task Handler_thatThrows_endsTheConnectionAlone()
    {
        TestHandler handler = new() { OnMessage = (_, _, _, _) => throw new System.InvalidOperationException("a fault of ours") };
        await using TestNode left = await TestNode.StartAsync(0);
        await using TestNode right = await TestNode.StartAsync(1, handler: handler);
        IPeer peer = await left.DialAsync(right);

        peer.TrySend(Channel.Votes, new byte[] { 1 });

        await Hang.UntilAsync(() => left.Network.Counters.Ended[(int)EndReason.Internal] == 1, "the end");
        Assert.Equal(0, right.Network.Counters.Bans);
        await Hang.UntilAsync(() => left.Handler.Connected.Count == 2, "the return");
        Assert.Equal(2, left.Handler.Connected.Distinct().Count());
    }
}
