using System;
using System.Buffers;
using System.Collections.Generic;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;

namespace Chain.Node.Rpc.Server;

/// <summary>
/// One WebSocket client. Its requests are answered one after the other; each subscription has a loop that sends the events of
/// new blocks, read by height at the client's own pace. One that falls too far behind ends with a word why.
/// </summary>
internal sealed class SocketSession : IDisposable
{
    private const int ReceiveChunkBytes = 4 * 1024;

    /// <summary>How long one message may take to leave (CometBFT: 10 s); then the connection is cut.</summary>
    private static readonly TimeSpan SendTimeMax = TimeSpan.FromSeconds(10);

    private readonly WebSocket _socket;
    private readonly RpcDispatcher _dispatcher;
    private readonly RpcPorts _ports;
    private readonly RpcOptions _options;
    private readonly SubscriptionClients _clients;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Lock _gate = new();

    // Under the gate.
    private readonly List<Subscription> _subscriptions = [];
    private readonly List<Task> _pumps = [];
    private bool _isCounted;

    public SocketSession(
        WebSocket socket, RpcDispatcher dispatcher, RpcPorts ports, RpcOptions options, SubscriptionClients clients)
    {
        _socket = socket;
        _dispatcher = dispatcher;
        _ports = ports;
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
            Height newest = _ports.Feed.Latest?.Height ?? _ports.Blocks.Last;
            _subscriptions.Add(new Subscription(id, query, newest));
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
            if (!answer.IsEmpty) await SendAsync(answer, cancellation).ConfigureAwait(false);
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

    private async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(SendTimeMax);
        await _sending.WaitAsync(deadline.Token).ConfigureAwait(false);
        try
        {
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
            foreach (Subscription held in _subscriptions)
            {
                if (held.IsStarted) continue;
                held.IsStarted = true;
                _pumps.RemoveAll(static pump => pump.IsCompleted);
                _pumps.Add(Task.Run(() => PumpAsync(held, cancellation), CancellationToken.None));
            }
        }
    }

    private async Task PumpAsync(Subscription held, CancellationToken cancellation)
    {
        try
        {
            for (Height next = held.Since.Next; ; next = next.Next)
            {
                await _ports.Feed.WaitBeyondAsync(new Height(next.Value - 1), held.Ended).ConfigureAwait(false);
                StoredBlock newest = _ports.Feed.Latest!;
                if (newest.Height.Value - next.Value >= _options.SubscriptionLagBlocksMax)
                {
                    await CutOffAsync(held, cancellation).ConfigureAwait(false);
                    return;
                }
                StoredBlock? block = next == newest.Height ? newest : _ports.Blocks.Load(next);
                if (block is not null) await SendEventsAsync(held, block, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (held.Ended.IsCancellationRequested || fault is WebSocketException or OperationCanceledException)
        {
            // Unsubscribed, or the connection is over; the reading loop sees the same end and cleans up.
        }
    }

    private async Task SendEventsAsync(Subscription held, StoredBlock block, CancellationToken cancellation)
    {
        foreach (ChainEvent happened in ChainEvent.Of(held.Query.EventName, block))
        {
            if (held.Ended.IsCancellationRequested) return;
            if (!happened.Matches(held.Query)) continue;
            ReadOnlyMemory<byte> message = RpcDispatcher.Response(held.Id, happened.ToAnswer(held.Query.Text));
            await SendAsync(message, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the client that it lost events, instead of losing them silently.</summary>
    private async Task CutOffAsync(Subscription held, CancellationToken cancellation)
    {
        RpcError lagged = RpcError.Server("subscription was canceled (reason: client is not pulling messages fast enough)");
        Unsubscribe(held.Query.Text);
        await SendAsync(RpcDispatcher.Error(held.Id, lagged), cancellation).ConfigureAwait(false);
    }

    private void Remove(Predicate<Subscription> which)
    {
        foreach (Subscription held in _subscriptions.FindAll(which)) held.Dispose();
        _subscriptions.RemoveAll(which);
        if (_subscriptions.Count > 0 || !_isCounted) return;
        _isCounted = false;
        _clients.Leave();
    }

    private sealed class Subscription : IDisposable
    {
        private readonly CancellationTokenSource _ending = new();

        public Subscription(string id, EventQuery query, Height since)
        {
            Id = id;
            Query = query;
            Since = since;
            Ended = _ending.Token;
        }

        /// <summary>Raw JSON of the id that the client subscribed with; every event carries it.</summary>
        public string Id { get; }

        public EventQuery Query { get; }

        /// <summary>The newest block when the client subscribed; it hears of those after it.</summary>
        public Height Since { get; }

        public bool IsStarted { get; set; }

        /// <summary>Ends the waiting. A message on its way is let out: to cancel a send would cut the connection.</summary>
        public CancellationToken Ended { get; }

        public void Dispose()
        {
            _ending.Cancel();
            _ending.Dispose();
        }
    }
}
