using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Rpc.Json;
using Chain.Primitives.Blocks;

namespace Chain.Node.Rpc.Server;

/// <summary>
/// One query of one client, with the events that wait for it: a bounded queue. Whoever offers never waits; a subscription whose queue is full
/// is cancelled and its queue emptied.
/// </summary>
internal sealed class EventSubscription : IDisposable
{
    private readonly int _blocksMax;
    private readonly long _bytesMax;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();

    // Under the gate.
    private readonly Queue<EventBatch> _waiting = new();
    private long _waitingBytes;
    private bool _isCancelled;
    private bool _isDisposed;
    private TaskCompletionSource _changed = NewSignal();

    /// <param name="id">Raw JSON of the id that the client subscribed with; every event carries it.</param>
    /// <param name="since">The newest block when the client subscribed; it hears of those after it.</param>
    public EventSubscription(string id, EventQuery query, Height since, RpcOptions options)
    {
        Id = id;
        Query = query;
        Since = since;
        Ended = _ending.Token;
        Head = HeadOf(id, query.Text);
        _blocksMax = options.SubscriptionLagBlocksMax;
        _bytesMax = options.SubscriptionBytesMax;
    }

    public string Id { get; }

    public EventQuery Query { get; }

    public Height Since { get; }

    /// <summary>The bytes of every message before the event: with a <see cref="ChainEvent.Tail"/> they are a JSON-RPC response.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>True once the session sends what waits; used by the session alone.</summary>
    public bool IsStarted { get; set; }

    /// <summary>True when events were lost; whoever sends those of a batch stops.</summary>
    public bool IsCancelled
    {
        get
        {
            lock (_gate) return _isCancelled;
        }
    }

    /// <summary>Ends the waiting. A message on its way is let out: to cancel a send would cut the connection.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Adds a batch, or cancels the subscription and returns false when it does not fit. An empty queue takes a block of any size.</summary>
    public bool Offer(EventBatch batch)
    {
        lock (_gate)
        {
            if (_isCancelled) return false;
            if (batch.Height <= Since) return true;
            bool fits = _waiting.Count < _blocksMax && (_waiting.Count == 0 || _waitingBytes + batch.Bytes <= _bytesMax);
            if (fits)
            {
                _waiting.Enqueue(batch);
                _waitingBytes += batch.Bytes;
                _changed.TrySetResult();
                return true;
            }
        }
        Cancel();
        return false;
    }

    /// <summary>Forgets what waits; the client hears why instead.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            _isCancelled = true;
            _waiting.Clear();
            _waitingBytes = 0;
            _changed.TrySetResult();
        }
    }

    /// <summary>Returns the oldest batch once there is one, or null when the subscription was cancelled.</summary>
    public async ValueTask<EventBatch?> TakeAsync()
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_isCancelled) return null;
                if (_waiting.TryDequeue(out EventBatch? batch))
                {
                    _waitingBytes -= batch.Bytes;
                    return batch;
                }
                if (_changed.Task.IsCompleted) _changed = NewSignal();
                changed = _changed.Task;
            }
            await changed.WaitAsync(Ended).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _waiting.Clear();
        }
        _ending.Cancel();
        _ending.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static ReadOnlyMemory<byte> HeadOf(string id, string query)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output, JsonFields.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WritePropertyName("id");
            writer.WriteRawValue(id, skipInputValidation: true);
            writer.WriteStartObject("result");
            writer.WriteString("query", query);
        }
        output.Write(","u8);
        return output.WrittenMemory;
    }
}
