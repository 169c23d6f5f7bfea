using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Networking.Tests.Connections;

/// <summary>A fault of ours in the middle of a connection costs that connection, and not its key's place.</summary>
public sealed class InternalFaultTests
{
    [Fact]
    public async Task Connection_whoseReadingFails_endsAndItsKeyComesBack()
    {
        BrokenTime time = new();
        await using TestNode node = await TestNode.StartAsync(
            0, static options => options with { PingAfter = TimeSpan.FromHours(1), DeadAfter = TimeSpan.FromHours(2) }, time: time);
        await using RawPeer peer = await RawPeer.JoinAsync(node, 5);
        await Hang.UntilAsync(() => node.Handler.Connected.Count == 1, "a connection");

        time.BreakOnce();
        await peer.SendAsync(RawPeer.Frame((byte)Channel.Votes, new byte[100]));

        Assert.Equal(EndReason.Internal, (await peer.ReadGoodbyeAsync()).Reason);
        await Hang.UntilAsync(() => node.Handler.Disconnected.Count == 1, "the end");
        Assert.Equal(1, node.Network.Counters.Ended[(int)EndReason.Internal]);
        await using RawPeer again = await RawPeer.JoinAsync(node, 5);
        await Hang.UntilAsync(() => node.Handler.Connected.Count == 2, "the same key");
    }

    [Fact]
    public async Task Dialler_whoseHandshakeFailsByAFaultOfItsOwn_triesAgain()
    {
        int asked = 0;
        await using TestNode node = await TestNode.StartAsync(0);
        await using TestNode dialler = await TestNode.StartAsync(1, options => options with
        {
            Blocks = () => Interlocked.Increment(ref asked) == 1 ? throw new InvalidDataException("broken on purpose") : default,
        });

        await dialler.DialAsync(node);

        Assert.Equal(1, dialler.Network.Counters.Refused[(int)EndReason.Internal]);
    }

    /// <summary>The machine's clock, which fails once when told to.</summary>
    private sealed class BrokenTime : TimeProvider
    {
        private int _breaks;

        public void BreakOnce() => Volatile.Write(ref _breaks, 1);

        public override long GetTimestamp() =>
            Interlocked.Exchange(ref _breaks, 0) == 1 ? throw new InvalidDataException("broken on purpose") : base.GetTimestamp();
    }
}
