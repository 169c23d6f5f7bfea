using System;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Networking.Tests;

/// <summary>Two nodes over TLS on loopback.</summary>
public sealed class MessagesTests
{
    [Fact]
    public async Task Peers_connected_exchangeMessagesBothWays()
    {
        await using TestNode left = await TestNode.StartAsync(0);
        await using TestNode right = await TestNode.StartAsync(1);
        IPeer toRight = await left.DialAsync(right);
        IPeer toLeft = right.PeerOf(left)!;

        Assert.Equal(right.Id, toRight.Id);
        Assert.Equal(left.Id, toLeft.Id);
        Assert.True(toRight.TrySend(Channel.Votes, "ping"u8.ToArray()));
        Received atRight = await right.Handler.NextAsync();
        Assert.True(toLeft.TrySend(Channel.Summaries, "pong"u8.ToArray()));
        Received atLeft = await left.Handler.NextAsync();

        Assert.Equal((Channel.Votes, "ping"), (atRight.Channel, Text(atRight)));
        Assert.Equal((Channel.Summaries, "pong"), (atLeft.Channel, Text(atLeft)));
        Assert.Same(toLeft, atRight.Peer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(NetworkLimits.FramePayloadMax - 1)]
    [InlineData(NetworkLimits.FramePayloadMax)]
    [InlineData(NetworkLimits.FramePayloadMax + 1)]
    [InlineData(2 * NetworkLimits.FramePayloadMax)]
    [InlineData(1_000_000)]
    [InlineData(4_300_000)]
    [InlineData(5 * 1024 * 1024)]
    public async Task Message_ofAnySize_arrivesWhole(int size)
    {
        await using TestNode left = await TestNode.StartAsync(0);
        await using TestNode right = await TestNode.StartAsync(1);
        IPeer peer = await left.DialAsync(right);
        byte[] message = new byte[size];
        new Random(size).NextBytes(message);

        // Several, so that windows have to be given back.
        for (int i = 0; i < 5; i++)
        {
            Assert.True(peer.TrySend(Channel.Blocks, message));
            Received received = await right.Handler.NextAsync();
            Assert.True(received.Message.Span.SequenceEqual(message));
        }
    }

    [Fact]
    public async Task Messages_ofOneChannel_arriveInOrder()
    {
        await using TestNode left = await TestNode.StartAsync(0);
        await using TestNode right = await TestNode.StartAsync(1);
        IPeer peer = await left.DialAsync(right);
        const int Count = 20_000;

        for (int i = 0; i < Count; i++)
        {
            byte[] message = BitConverter.GetBytes(i);
            await Hang.UntilAsync(() => peer.TrySend(Channel.Votes, message), "room");
        }
        for (int i = 0; i < Count; i++)
        {
            Received received = await right.Handler.NextAsync();
            Assert.Equal(i, BitConverter.ToInt32(received.Message.Span));
        }
    }

    [Fact]
    public async Task Handler_slowOnBlocks_doesNotHoldBackVotes()
    {
        await using TestNode left = await TestNode.StartAsync(0);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int votes = 0;
        TestHandler handler = new()
        {
            OnMessage = async (_, channel, _, _) =>
            {
                if (channel == Channel.Blocks) await release.Task;
                else Interlocked.Increment(ref votes);
            },
        };
        await using TestNode right = await TestNode.StartAsync(1, handler: handler);
        IPeer peer = await left.DialAsync(right);

        // More than the window of the channel takes, so that frames wait at the sender as well.
        byte[] block = new byte[4 * 1024 * 1024];
        for (int i = 0; i < 6; i++) Assert.True(peer.TrySend(Channel.Blocks, block));
        for (int i = 0; i < 100; i++) Assert.True(peer.TrySend(Channel.Votes, new byte[200]));

        await Hang.UntilAsync(() => Volatile.Read(ref votes) == 100, "all votes");
        Assert.InRange(right.Network.Peers[0].Channels[(int)Channel.Blocks - 1].ReceiveHeldBytes, 0, NetworkLimits.For(Channel.Blocks).WindowBytes);
        release.SetResult();
        await Hang.UntilAsync(() => right.Network.Peers[0].Channels[(int)Channel.Blocks - 1].ReceivedMessages == 6, "all blocks");
    }

    private static string Text(Received received) => System.Text.Encoding.UTF8.GetString(received.Message.Span);
}
