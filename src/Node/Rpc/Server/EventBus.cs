using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Rpc.Server;

/// <summary>
/// Gives the events of new blocks to all subscriptions. One loop reads each block once, encodes each event at most once, and matches each
/// distinct query once for all its subscribers; it waits for none of them.
/// </summary>
internal sealed partial class EventBus(RpcPorts ports, RpcOptions options, ILogger logger)
{
    private readonly Lock _gate = new();

    // Under the gate.
    private readonly Dictionary<string, List<EventSubscription>> _byQuery = new(StringComparer.Ordinal);
    private Height _passed;

    /// <summary>Adds a subscription that hears of the blocks after the newest one.</summary>
    public EventSubscription Subscribe(string id, EventQuery query)
    {
        lock (_gate)
        {
            EventSubscription added = new(id, query, ports.Feed.Latest?.Height ?? ports.Blocks.Last, options);
            if (_byQuery.TryGetValue(query.Text, out List<EventSubscription>? alike)) alike.Add(added);
            else _byQuery.Add(query.Text, [added]);
            return added;
        }
    }

    /// <summary>Takes a subscription away; one that is gone already is none.</summary>
    public void Remove(EventSubscription subscription)
    {
        lock (_gate)
        {
            if (!_byQuery.TryGetValue(subscription.Query.Text, out List<EventSubscription>? alike)) return;
            alike.Remove(subscription);
            if (alike.Count == 0) _byQuery.Remove(subscription.Query.Text);
        }
    }

    /// <summary>Follows the feed until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await ports.Feed.WaitBeyondAsync(_passed, cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            StoredBlock newest = ports.Feed.Latest!;
            if (NextUnlessIdle(newest) is not { } next) continue;
            try
            {
                StoredBlock? block = next == newest.Height ? newest : ports.Blocks.Load(next);
                if (block is not null) Publish(block);
                else CancelAll();
            }
            catch (Exception fault)
            {
                // The node lives on, and so do later subscriptions; these have lost events and hear so.
                LogFault(logger, next.Value, fault);
                CancelAll();
            }
            lock (_gate)
            {
                _passed = next;
            }
        }
    }

    /// <summary>Returns the height that comes next, or null when nobody listens for one up to the newest, which has then been passed.</summary>
    private Height? NextUnlessIdle(StoredBlock newest)
    {
        lock (_gate)
        {
            if (_byQuery.Count == 0)
            {
                _passed = newest.Height;
                return null;
            }
            Height oldest = newest.Height;
            foreach (List<EventSubscription> alike in _byQuery.Values)
            {
                foreach (EventSubscription held in alike) oldest = held.Since < oldest ? held.Since : oldest;
            }
            // Blocks that came before the first subscription are no news to anybody.
            if (oldest > _passed) _passed = oldest;
            return _passed < newest.Height ? _passed.Next : null;
        }
    }

    private void Publish(StoredBlock block)
    {
        Dictionary<string, List<ChainEvent>> byName = new(StringComparer.Ordinal);
        foreach ((EventQuery query, EventSubscription[] alike) in Listeners())
        {
            if (!byName.TryGetValue(query.EventName, out List<ChainEvent>? events))
            {
                events = [.. ChainEvent.Of(query.EventName, block)];
                byName.Add(query.EventName, events);
            }
            if (Match(query, block.Height, events) is not { } batch) continue;
            foreach (EventSubscription held in alike)
            {
                if (!held.Offer(batch)) Remove(held);
            }
        }
    }

    /// <summary>A copy, so that to subscribe never waits for a block's encoding.</summary>
    private List<(EventQuery Query, EventSubscription[] Alike)> Listeners()
    {
        List<(EventQuery, EventSubscription[])> listeners = [];
        lock (_gate)
        {
            foreach (List<EventSubscription> alike in _byQuery.Values) listeners.Add((alike[0].Query, [.. alike]));
        }
        return listeners;
    }

    /// <summary>Tells all that blocks are gone which they have not heard of.</summary>
    private void CancelAll()
    {
        foreach ((_, EventSubscription[] alike) in Listeners())
        {
            foreach (EventSubscription held in alike)
            {
                held.Cancel();
                Remove(held);
            }
        }
    }

    private static EventBatch? Match(EventQuery query, Height height, List<ChainEvent> events)
    {
        List<ReadOnlyMemory<byte>> tails = [];
        long bytes = 0;
        foreach (ChainEvent happened in events)
        {
            if (!happened.Matches(query)) continue;
            tails.Add(happened.Tail);
            bytes += happened.Tail.Length;
        }
        return tails.Count == 0 ? null : new EventBatch(height, tails, bytes);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The events of block {Height} could not be sent: their subscriptions are cancelled")]
    private static partial void LogFault(ILogger logger, long height, Exception fault);
}
