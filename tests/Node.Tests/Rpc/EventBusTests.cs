using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Rpc;
using Chain.Node.Rpc.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Node.Tests.Rpc;

public sealed class EventBusTests
{
    [Fact]
    public async Task Event_is_encoded_once_for_all_queries_and_matched_once_for_all_subscribers_of_one()
    {
        using TestChain chain = new(4);
        TestNode node = new(chain);
        chain.Add([]);
        EventBus bus = new(new RpcPorts(node, node, chain.Store, chain.Feed), new RpcOptions(), NullLogger.Instance);
        using EventSubscription first = bus.Subscribe("1", Query("tm.event='Tx'"));
        using EventSubscription alike = bus.Subscribe("\"two\"", Query("tm.event='Tx'"));
        using EventSubscription other = bus.Subscribe("3", Query("tm.event='Tx' AND transfer.recipient='somebody'"));
        using CancellationTokenSource stop = new();
        Task running = bus.RunAsync(stop.Token);
        chain.Add([[5, 6], [7, 8]]);

        List<EventBatch> batches = [];
        foreach (EventSubscription held in (EventSubscription[])[first, alike, other])
        {
            EventBatch? batch = await held.TakeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));
            Assert.Equal(2, batch!.Tails.Count);
            batches.Add(batch);
        }
        Assert.Same(batches[0], batches[1]);
        for (int i = 0; i < 2; i++) Assert.Same(ArrayOf(batches[0].Tails[i]), ArrayOf(batches[2].Tails[i]));
        using JsonDocument message = JsonDocument.Parse(
            Encoding.UTF8.GetString(alike.Head.Span) + Encoding.UTF8.GetString(batches[1].Tails[1].Span));
        Assert.Equal("two", message.RootElement.GetProperty("id").GetString());
        Assert.Equal("tm.event='Tx'", message.RootElement.GetProperty("result").GetProperty("query").GetString());
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public void Queue_of_a_subscription_is_bounded_by_blocks_and_by_bytes()
    {
        RpcOptions options = new() { SubscriptionLagBlocksMax = 3, SubscriptionBytesMax = 100 };
        using EventSubscription byBlocks = new("1", Query("tm.event='Tx'"), new(1), options);
        for (int height = 2; height <= 4; height++) Assert.True(byBlocks.Offer(Batch(height, bytes: 10)));
        Assert.False(byBlocks.IsCancelled);
        Assert.False(byBlocks.Offer(Batch(5, bytes: 10)));
        Assert.True(byBlocks.IsCancelled);

        using EventSubscription byBytes = new("1", Query("tm.event='Tx'"), new(1), options);
        Assert.True(byBytes.Offer(Batch(2, bytes: 100)));
        Assert.False(byBytes.Offer(Batch(3, bytes: 1)));

        using EventSubscription large = new("1", Query("tm.event='Tx'"), new(1), options);
        Assert.True(large.Offer(Batch(2, bytes: 1_000)), "an empty queue takes any block");
    }

    [Fact]
    public async Task Cancelled_subscription_holds_nothing()
    {
        using EventSubscription held = new("1", Query("tm.event='Tx'"), new(1), new RpcOptions());
        held.Offer(Batch(2, bytes: 10));
        held.Cancel();
        Assert.Null(await held.TakeAsync());
    }

    [Fact]
    public async Task Block_from_before_the_subscription_is_not_sent()
    {
        using EventSubscription held = new("1", Query("tm.event='Tx'"), new(7), new RpcOptions());
        Assert.True(held.Offer(Batch(7, bytes: 10)));
        Assert.True(held.Offer(Batch(8, bytes: 10)));
        Assert.Equal(8, (await held.TakeAsync())!.Height.Value);
    }

    private static EventBatch Batch(long height, long bytes) => new(new(height), [new byte[bytes]], bytes);

    private static EventQuery Query(string text)
    {
        Assert.True(EventQuery.TryParse(text, out EventQuery query, out string why), why);
        return query;
    }

    private static byte[] ArrayOf(ReadOnlyMemory<byte> memory)
    {
        Assert.True(MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment));
        return segment.Array!;
    }
}
