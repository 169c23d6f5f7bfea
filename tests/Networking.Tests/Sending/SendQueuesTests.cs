using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Chain.Networking.Connections;
using Chain.Networking.Sending;
using Chain.Networking.Wire;

namespace Chain.Networking.Tests.Sending;

public sealed class SendQueuesTests : IDisposable
{
    private readonly SendQueues _queues = new(new Traffic(sum: null));

    public void Dispose() => _queues.Dispose();

    [Fact]
    public async Task Vote_behindALongMessage_leavesWithTheNextFrame()
    {
        Assert.True(_queues.TryEnqueue(Channel.Blocks, new byte[4_300_000]));
        Assert.Equal([(byte)Channel.Blocks], await TakeAsync());
        Assert.Equal([(byte)Channel.Blocks], await TakeAsync());

        Assert.True(_queues.TryEnqueue(Channel.Transactions, new byte[100]));
        Assert.True(_queues.TryEnqueue(Channel.Votes, new byte[200]));
        Assert.True(_queues.TryEnqueue(Channel.Proposals, new byte[100]));
        Assert.True(_queues.TryEnqueueControl(ControlMessage.Ping(1)));

        Assert.Equal([0, (byte)Channel.Votes, (byte)Channel.Proposals, (byte)Channel.Transactions], await TakeAsync());
        Assert.Equal([(byte)Channel.Blocks], await TakeAsync());
    }

    [Fact]
    public void Queue_fullByCountOrBytes_refuses()
    {
        ChannelLimits votes = NetworkLimits.For(Channel.Votes);
        for (int i = 0; i < votes.SendMessagesMax; i++) Assert.True(_queues.TryEnqueue(Channel.Votes, new byte[] { 1 }));
        Assert.False(_queues.TryEnqueue(Channel.Votes, new byte[] { 1 }));

        ChannelLimits blocks = NetworkLimits.For(Channel.Blocks);
        byte[] block = new byte[blocks.MessageBytesMax];
        for (int i = 0; i < blocks.SendBytesMax / block.Length; i++) Assert.True(_queues.TryEnqueue(Channel.Blocks, block));
        Assert.False(_queues.TryEnqueue(Channel.Blocks, block));

        Assert.Equal((votes.SendMessagesMax, (long)votes.SendMessagesMax, 1L), _queues.Queued(Channel.Votes));
        Assert.Equal(1, _queues.Queued(Channel.Blocks).Dropped);
    }

    [Fact]
    public void Message_emptyOrTooLongOrOfNoChannel_isRefused()
    {
        Assert.False(_queues.TryEnqueue(Channel.Votes, ReadOnlyMemory<byte>.Empty));
        Assert.False(_queues.TryEnqueue(Channel.Votes, new byte[NetworkLimits.For(Channel.Votes).MessageBytesMax + 1]));
        Assert.False(_queues.TryEnqueue(0, new byte[] { 1 }));
        Assert.False(_queues.TryEnqueue((Channel)7, new byte[] { 1 }));
    }

    [Fact]
    public async Task Window_usedUp_waitsForCreditAndLetsOthersPass()
    {
        ChannelLimits limits = NetworkLimits.For(Channel.Summaries);
        byte[] message = new byte[limits.MessageBytesMax];
        for (int i = 0; i < 10; i++) Assert.True(_queues.TryEnqueue(Channel.Summaries, message));
        int messages = 0;
        while (_queues.Queued(Channel.Summaries) is { Messages: > 0 } queued)
        {
            messages = queued.Messages;
            ValueTask<int> take = _queues.TakeAsync(new byte[NetworkLimits.FrameBytesMax]);
            if (take.IsCompleted) continue;

            // Stuck: only credit or another channel gives it something to do.
            Assert.True(_queues.TryEnqueue(Channel.Snapshots, new byte[10]));
            Assert.Equal(NetworkLimits.FrameHeaderBytes + 10, await take);
            Assert.False(_queues.TryAddCredit(Channel.Summaries, limits.WindowBytes + 1));
            Assert.True(_queues.TryAddCredit(Channel.Summaries, limits.WindowBytes / 4));
        }
        Assert.Equal(1, messages);
    }

    [Fact]
    public void Credit_neverUsed_isRefused()
    {
        Assert.False(_queues.TryAddCredit(Channel.Votes, 1));
    }

    [Fact]
    public async Task Queues_closed_sendTheLastWordAndEnd()
    {
        _queues.TryEnqueue(Channel.Votes, new byte[] { 1 });
        _queues.Close(ControlMessage.Goodbye(EndReason.Stopping, ""));

        Assert.False(_queues.TryEnqueue(Channel.Votes, new byte[] { 1 }));
        Assert.Equal([0], await TakeAsync());
        Assert.Empty(await TakeAsync());
    }

    [Fact]
    public void Window_ofEachChannel_leavesRoomForItsLargestMessage()
    {
        for (int i = 1; i <= NetworkLimits.ChannelMax; i++)
        {
            ChannelLimits limits = NetworkLimits.For((Channel)i);
            int frames = (limits.MessageBytesMax / NetworkLimits.FramePayloadMax) + 1;
            int cost = limits.MessageBytesMax + (frames * NetworkLimits.FrameHeaderBytes) + NetworkLimits.MessageCostBytes;

            // A quarter of the window may be handled and not yet returned.
            Assert.True(cost <= limits.WindowBytes * 3 / 4, $"{(Channel)i}");
            Assert.True(limits.MessageBytesMax <= limits.SendBytesMax, $"{(Channel)i}");
            Assert.True(cost <= limits.RateBurst, $"{(Channel)i}");
        }
    }

    /// <summary>Channels of the frames in the next batch.</summary>
    private async Task<List<byte>> TakeAsync()
    {
        byte[] batch = new byte[NetworkLimits.FrameBytesMax];
        int length = await _queues.TakeAsync(batch);
        List<byte> channels = [];
        for (int at = 0; at < length;)
        {
            Assert.True(FrameHeader.TryRead(batch.AsSpan(at, NetworkLimits.FrameHeaderBytes), out FrameHeader header));
            channels.Add(header.Channel);
            at += NetworkLimits.FrameHeaderBytes + header.PayloadBytes;
        }
        return channels;
    }
}
