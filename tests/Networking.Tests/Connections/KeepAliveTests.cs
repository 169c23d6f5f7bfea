using System;
using System.Threading.Tasks;
using Chain.Networking.Connections;

namespace Chain.Networking.Tests.Connections;

public sealed class KeepAliveTests
{
    private readonly ManualTime _time = new();
    private readonly KeepAlive _alive;

    public KeepAliveTests() => _alive = new KeepAlive(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), _time);

    [Fact]
    public void Link_idle_isPingedOnceAndDiesWithoutAnswer()
    {
        _time.Advance(4.9);
        Assert.False(_alive.TryPing(out _));
        _time.Advance(0.1);
        Assert.True(_alive.TryPing(out _));
        Assert.False(_alive.TryPing(out _));
        _time.Advance(9.9);
        Assert.False(_alive.IsDead);
        _time.Advance(0.1);
        Assert.True(_alive.IsDead);
    }

    [Fact]
    public void Pong_answersItsPingOnly()
    {
        Assert.False(_alive.TryPong(0));
        _time.Advance(5);
        Assert.True(_alive.TryPing(out ulong number));
        Assert.False(_alive.TryPong(number + 1));
        _time.Advance(0.25);
        Assert.True(_alive.TryPong(number));
        Assert.False(_alive.TryPong(number));
        Assert.Equal(TimeSpan.FromSeconds(0.25), _alive.RoundTrip);
    }

    [Fact]
    public void Link_thatTalksButDoesNotRead_dies()
    {
        _alive.WriteBegins();
        for (int i = 0; i < 15; i++)
        {
            Assert.False(_alive.IsDead);
            _time.Advance(1);
            _alive.Heard();
        }
        Assert.True(_alive.IsDead);
        _alive.WriteEnds();
        Assert.False(_alive.IsDead);
    }

    [Fact]
    public async Task Peer_silent_isDisconnected()
    {
        await using TestNode node = await TestNode.StartAsync(0, options => options with
        {
            PingAfter = TimeSpan.FromMilliseconds(50),
            DeadAfter = TimeSpan.FromMilliseconds(200),
        });
        await using RawPeer peer = await RawPeer.JoinAsync(node, 5);

        Assert.Equal(EndReason.Silent, (await peer.ReadGoodbyeAsync()).Reason);
        await Hang.UntilAsync(() => node.Handler.Disconnected.Count == 1, "the end");
    }

    [Fact]
    public async Task Peers_idle_stayConnectedByPings()
    {
        Func<PeerNetworkOptions, PeerNetworkOptions> eager = options => options with { PingAfter = TimeSpan.FromMilliseconds(20) };
        await using TestNode left = await TestNode.StartAsync(0, eager);
        await using TestNode right = await TestNode.StartAsync(1, eager);
        await left.DialAsync(right);

        await Hang.UntilAsync(() => left.Network.Peers[0].RoundTrip is not null && right.Network.Peers[0].RoundTrip is not null, "pongs");
        Assert.Empty(left.Handler.Disconnected);
    }
}
