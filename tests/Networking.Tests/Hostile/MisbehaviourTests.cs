using System;
using System.Threading.Tasks;
using Chain.Networking.Wire;

namespace Chain.Networking.Tests.Hostile;

/// <summary>What an admitted peer may do wrong: its connection ends with the reason, and its key is scored.</summary>
public sealed class MisbehaviourTests
{
    [Theory]
    [InlineData("unknown channel")]
    [InlineData("unknown flag")]
    [InlineData("empty frame")]
    [InlineData("frame beyond the bound")]
    [InlineData("short frame that is not the last")]
    [InlineData("control message in two frames")]
    [InlineData("control message beyond the bound")]
    [InlineData("garbage")]
    [InlineData("message beyond the bound")]
    [InlineData("second hello")]
    [InlineData("second accept")]
    [InlineData("pong without ping")]
    [InlineData("credit for nothing")]
    [InlineData("credit of an unknown channel")]
    public async Task Peer_thatBreaksTheProtocol_isDisconnectedAndBanned(string how)
    {
        await using TestNode node = await TestNode.StartAsync(0);
        await using RawPeer peer = await RawPeer.JoinAsync(node, 5);

        await peer.SendAsync(Bytes(how));

        Assert.Equal(EndReason.Fault, (await peer.ReadGoodbyeAsync()).Reason);
        await Hang.UntilAsync(() => node.Handler.Disconnected.Count == 1, "the end");
        Assert.Equal(1, node.Network.Counters.Bans);
        Assert.Empty(node.Network.Peers);
    }

    [Fact]
    public async Task Peer_thatSendsWithoutCredit_isTooFast()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TestHandler handler = new() { OnMessage = async (_, _, _, cancellation) => await release.Task.WaitAsync(cancellation) };
        await using TestNode node = await TestNode.StartAsync(0, handler: handler);
        await using RawPeer peer = await RawPeer.JoinAsync(node, 5);
        byte[] message = RawPeer.Frames(Channel.Votes, new byte[NetworkLimits.For(Channel.Votes).MessageBytesMax]);

        // Our own nodes would wait: nothing is handled, so no credit comes.
        int count = (NetworkLimits.For(Channel.Votes).WindowBytes / message.Length) + 1;
        await peer.FloodAsync(message, count);

        ControlMessage goodbye = await peer.ReadGoodbyeAsync();
        Assert.Equal(EndReason.Fault, goodbye.Reason);
        Assert.StartsWith("TooFast", goodbye.Text, StringComparison.Ordinal);
        await Hang.UntilAsync(() => node.Handler.Disconnected.Count == 1, "the end");
    }

    [Fact]
    public async Task Peer_thatFloodsPings_isTooFast()
    {
        await using TestNode node = await TestNode.StartAsync(0);
        await using RawPeer peer = await RawPeer.JoinAsync(node, 5);

        await peer.FloodAsync(ControlMessage.Ping(1), 1_000_000);

        await Hang.UntilAsync(() => node.Network.Counters.Ended[(int)EndReason.Fault] == 1, "the end");
    }

    [Fact]
    public async Task Peer_thatNeverReads_fillsItsQueueAndNoMore()
    {
        await using TestNode node = await TestNode.StartAsync(0);
        await using RawPeer raw = await RawPeer.JoinAsync(node, 5);
        await Hang.UntilAsync(() => node.Handler.Connected.Count == 1, "the peer");
        Assert.True(node.Handler.Connected.TryPeek(out IPeer? peer));
        byte[] vote = new byte[200];

        // The window and the kernel take some, then the queue fills; nothing blocks and nothing grows.
        int sent = 0;
        while (peer.TrySend(Channel.Votes, vote))
        {
            Assert.True(++sent < 1_000_000, "the queue has no bound");
        }
        await Hang.UntilAsync(
            () =>
            {
                while (peer.TrySend(Channel.Votes, vote)) sent++;
                ChannelInfo info = Info(node, Channel.Votes);
                return info.SentMessages + info.SendQueuedMessages == sent && info.Dropped > 1;
            },
            "a full queue");

        ChannelLimits limits = NetworkLimits.For(Channel.Votes);
        ChannelInfo votes = Info(node, Channel.Votes);
        Assert.InRange(votes.SendQueuedMessages, 1, limits.SendMessagesMax);
        Assert.InRange(votes.SendQueuedBytes, 1, limits.SendBytesMax);
        Assert.True(peer.TrySend(Channel.Summaries, vote));
    }

    [Fact]
    public async Task Flood_onAllChannels_heldBytesStayWithinTheWindows()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TestHandler handler = new() { OnMessage = async (_, _, _, cancellation) => await release.Task.WaitAsync(cancellation) };
        await using TestNode node = await TestNode.StartAsync(0, handler: handler);
        await using RawPeer peer = await RawPeer.JoinAsync(node, 5);
        long windows = 0;

        // Each channel to the brim, and one message that never ends on each.
        for (int i = 1; i <= NetworkLimits.ChannelMax; i++)
        {
            ChannelLimits limits = NetworkLimits.For((Channel)i);
            byte[] part = RawPeer.Frame((byte)i, new byte[NetworkLimits.FramePayloadMax], isLast: false);
            byte[] small = RawPeer.Frame((byte)i, new byte[] { 1 });
            int parts = limits.MessageBytesMax / NetworkLimits.FramePayloadMax;
            int partsCost = parts * NetworkLimits.CostOf(NetworkLimits.FramePayloadMax, isLast: false);
            int smalls = (limits.WindowBytes - partsCost) / NetworkLimits.CostOf(1, isLast: true);
            for (int k = 0; k < smalls; k++) await peer.SendAsync(small);
            for (int k = 0; k < parts; k++) await peer.SendAsync(part);
            windows += limits.WindowBytes;
        }
        await Hang.UntilAsync(() => Held(node) > windows - (NetworkLimits.ChannelMax * NetworkLimits.FrameBytesMax), "all of it");
        Assert.InRange(Held(node), 0, windows);
        Assert.True(windows < NetworkLimits.ReceiveBytesPerPeerMax);

        // The connection still lives: a ping is answered.
        await peer.SendAsync(ControlMessage.Ping(7));
        ControlMessage? pong = await peer.ReadControlAsync();
        Assert.Equal((ControlKind.Pong, 7UL), (pong!.Kind, pong.Number));

        // One frame more on any channel is too much.
        await peer.FloodAsync(RawPeer.Frame((byte)Channel.Snapshots, new byte[NetworkLimits.FramePayloadMax], isLast: false), 1);
        Assert.Equal(EndReason.Fault, (await peer.ReadGoodbyeAsync()).Reason);
        release.SetResult();
        await Hang.UntilAsync(() => node.Handler.Disconnected.Count == 1, "the end");
    }

    [Fact]
    public async Task Vote_sentAfterALongMessage_isReadBeforeItsEnd()
    {
        await using TestNode node = await TestNode.StartAsync(0);
        await using RawPeer raw = await RawPeer.JoinAsync(node, 5);
        await Hang.UntilAsync(() => node.Handler.Connected.Count == 1, "the peer");
        Assert.True(node.Handler.Connected.TryPeek(out IPeer? peer));

        // Nobody reads yet, so the long message is stuck after what buffers hold.
        Assert.True(peer.TrySend(Channel.Blocks, new byte[NetworkLimits.For(Channel.Blocks).MessageBytesMax]));
        await Hang.UntilAsync(() => Info(node, Channel.Blocks).SentBytes > 0, "its first frame");
        Assert.True(peer.TrySend(Channel.Votes, new byte[200]));

        bool hasVote = false;
        while (await raw.ReadAsync() is { } frame)
        {
            hasVote |= frame.Header.Channel == (byte)Channel.Votes;
            if (frame.Header.Channel == (byte)Channel.Blocks && frame.Header.IsLast) break;
        }
        Assert.True(hasVote);
    }

    private static ChannelInfo Info(TestNode node, Channel channel) => node.Network.Peers[0].Channels[(int)channel - 1];

    private static long Held(TestNode node)
    {
        long held = 0;
        foreach (ChannelInfo channel in node.Network.Peers[0].Channels) held += channel.ReceiveHeldBytes;
        return held;
    }

    private static byte[] Bytes(string how)
    {
        switch (how)
        {
            case "unknown channel": return RawPeer.Frame(NetworkLimits.ChannelMax + 1, [1]);
            case "unknown flag": return [0, 1, (byte)Channel.Votes, 2, 0];
            case "empty frame": return [0, 0, (byte)Channel.Votes, 1];
            case "frame beyond the bound": return [0xff, 0xff, (byte)Channel.Blocks, 1];
            case "short frame that is not the last": return RawPeer.Frame((byte)Channel.Blocks, [1, 2, 3], isLast: false);
            case "control message in two frames": return [0, 1, FrameHeader.ControlChannel, 0, 0];
            case "control message beyond the bound":
                return RawPeer.Frame(FrameHeader.ControlChannel, new byte[NetworkLimits.ControlBytesMax + 1]);
            case "garbage": return RawPeer.Frame(FrameHeader.ControlChannel, [0xc1, 2, 3]);
            case "message beyond the bound":
                return RawPeer.Frames(Channel.Votes, new byte[NetworkLimits.For(Channel.Votes).MessageBytesMax + 1]);
            case "second hello": return RawPeer.Hello().ToFrame();
            case "second accept": return ControlMessage.Accept();
            case "pong without ping": return ControlMessage.Pong(1);
            case "credit for nothing": return ControlMessage.CreditOf(Channel.Votes, 1);
            case "credit of an unknown channel": return ControlMessage.CreditOf((Channel)9, 1);
            default: throw new ArgumentOutOfRangeException(nameof(how));
        }
    }
}
