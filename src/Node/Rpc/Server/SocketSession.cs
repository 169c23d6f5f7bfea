using System;
using System.Buffers;
using System.Collections.Generic;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Node.Rpc.Server;

/// <summary>
/// One WebSocket client. Its requests are answered one after the other; each subscription has a loop that sends what the
/// <see cref="EventBus"/> puts into its queue, at the client's own pace. One whose queue overflows ends with an error that says why.
/// </summary>
internal sealed class SocketSession : IDisposable
{
    private const int ReceiveChunkBytes = 4 * 1024;

    /// <summary>How long one message may take to leave (CometBFT: 10 s); then the connection is cut.</summary>
    private static readonly TimeSpan SendTimeMax = TimeSpan.FromSeconds(10);

    private readonly WebSocket _socket;
    private readonly RpcDispatcher _dispatcher;
    private readonly EventBus _events;
    private readonly RpcOptions _options;
    private readonly SubscriptionClients _clients;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ArrayBufferWriter<byte> _message = new();
    private readonly Lock _gate = new();

    // Under the gate.
    private readonly List<EventSubscription> _subscriptions = [];
    private readonly List<Task> _pumps = [];
    private bool _isCounted;

    public SocketSession(
        WebSocket socket, RpcDispatcher dispatcher, EventBus events, RpcOptions options, SubscriptionClients clients)
    {
        _socket = socket;
        _dispatcher = dispatcher;
        _events = events;
        _options = options;
        _clients = clients;
    }

    /// <summary>Serves the client until either side closes.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await ReadAsync(ending.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException)
        {
            // The client went away, or the server stops: nothing is left to tell.
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            RemoveAll();
            await Task.WhenAll(_pumps).ConfigureAwait(false);
        }
    }

    public void Dispose() => _sending.Dispose();

    /// <summary>Adds a subscription; null when it was taken.</summary>
    public RpcError? Subscribe(string id, EventQuery query)
    {
        lock (_gate)
        {
            if (_subscriptions.Count >= _options.SubscriptionsPerClientMax)
            {
                return RpcError.Internal($"max_subscriptions_per_client {_options.SubscriptionsPerClientMax} reached");
            }
            if (_subscriptions.Exists(held => held.Query.Text == query.Text)) return RpcError.Internal("already subscribed");
            if (!_isCounted && !_clients.TryEnter())
            {
                return RpcError.Internal($"max_subscription_clients {_clients.CountMax} reached");
            }
            _isCounted = true;
            _subscriptions.Add(_events.Subscribe(id, query));
            return null;
        }
    }

    /// <summary>Ends one subscription; null when there was one.</summary>
    public RpcError? Unsubscribe(string queryText)
    {
        lock (_gate)
        {
            if (!_subscriptions.Exists(held => held.Query.Text == queryText)) return RpcError.Internal("subscription not found");
            Remove(held => held.Query.Text == queryText);
            return null;
        }
    }

    public void RemoveAll()
    {
        lock (_gate)
        {
            Remove(static _ => true);
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        while (await ReceiveAsync(cancellation).ConfigureAwait(false) is { } message)
        {
            ReadOnlyMemory<byte> answer = await _dispatcher.HandleAsync(message, this, cancellation).ConfigureAwait(false);
            if (!answer.IsEmpty) await SendAsync(answer, default, cancellation).ConfigureAwait(false);
            StartPumps(cancellation);
        }
    }

    /// <summary>One whole message, or null when the client closes or sends too much.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation)
    {
        ArrayBufferWriter<byte> message = new(ReceiveChunkBytes);
        while (true)
        {
            ValueWebSocketReceiveResult part =
                await _socket.ReceiveAsync(message.GetMemory(ReceiveChunkBytes), cancellation).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation).ConfigureAwait(false);
                return null;
            }
            message.Advance(part.Count);
            if (message.WrittenCount > _options.BodyBytesMax)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, "message too large", cancellation)
                    .ConfigureAwait(false);
                return null;
            }
            if (part.EndOfMessage) return message.WrittenMemory;
        }
    }

    /// <summary>Sends one message of two parts.</summary>
    private async Task SendAsync(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> tail, CancellationToken cancellation)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(SendTimeMax);
        await _sending.WaitAsync(deadline.Token).ConfigureAwait(false);
        try
        {
            ReadOnlyMemory<byte> message = head;
            if (!tail.IsEmpty)
            {
                _message.ResetWrittenCount();
                _message.Write(head.Span);
                _message.Write(tail.Span);
                message = _message.WrittenMemory;
            }
            // Cancelling a send aborts the socket, which ends both loops.
            await _socket.SendAsync(message, WebSocketMessageType.Text, true, deadline.Token).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Starts what was subscribed to since the last answer: no event may overtake its acknowledgement.</summary>
    private void StartPumps(CancellationToken cancellation)
    {
        lock (_gate)
        {
            foreach (EventSubscription held in _subscriptions)
            {
                if (held.IsStarted) continue;
                held.IsStarted = true;
                _pumps.RemoveAll(static pump => pump.IsCompleted);
                _pumps.Add(Task.Run(() => PumpAsync(held, cancellation), CancellationToken.None));
            }
        }
    }

    private async Task PumpAsync(EventSubscription held, CancellationToken cancellation)
    {
        try
        {
            while (await held.TakeAsync().ConfigureAwait(false) is { } batch)
            {
                foreach (ReadOnlyMemory<byte> tail in batch.Tails)
                {
                    if (held.IsCancelled || held.Ended.IsCancellationRequested) break;
                    await SendAsync(held.Head, tail, cancellation).ConfigureAwait(false);
                }
            }
            await CutOffAsync(held, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (held.Ended.IsCancellationRequested || fault is WebSocketException or OperationCanceledException)
        {
            // Unsubscribed, or the connection is over; the reading loop sees the same end and cleans up.
        }
    }

    /// <summary>Tells the client that it lost events, instead of losing them silently.</summary>
    private async Task CutOffAsync(EventSubscription held, CancellationToken cancellation)
    {
        RpcError lagged = RpcError.Server("subscription was canceled (reason: client is not pulling messages fast enough)");
        lock (_gate)
        {
            Remove(other => other == held);
        }
        await SendAsync(RpcDispatcher.Error(held.Id, lagged), default, cancellation).ConfigureAwait(false);
    }

    private void Remove(Predicate<EventSubscription> which)
    {
        foreach (EventSubscription held in _subscriptions.FindAll(which))
        {
            _events.Remove(held);
            held.Dispose();
        }
        _subscriptions.RemoveAll(which);
        if (_subscriptions.Count > 0 || !_isCounted) return;
        _isCounted = false;
        _clients.Leave();
    }
}
