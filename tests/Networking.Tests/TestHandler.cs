using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Chain.Networking.Tests;

/// <summary>Keeps what the network says, in its order.</summary>
internal sealed class TestHandler : IPeerHandler
{
    private readonly Channel<Received> _messages = System.Threading.Channels.Channel.CreateUnbounded<Received>();

    /// <summary>Peers that were connected, ever, in order.</summary>
    public ConcurrentQueue<IPeer> Connected { get; } = new();

    public ConcurrentQueue<IPeer> Disconnected { get; } = new();

    /// <summary>Replaces the keeping of messages.</summary>
    public Func<IPeer, Channel, ReadOnlyMemory<byte>, CancellationToken, ValueTask>? OnMessage { get; set; }

    /// <summary>Which peers are kept in the two rows: with many connections, one each would be as much memory as all of theirs.</summary>
    public Func<IPeer, bool> Keeps { get; set; } = static _ => true;

    public void OnConnected(IPeer peer)
    {
        if (Keeps(peer)) Connected.Enqueue(peer);
    }

    public ValueTask OnMessageAsync(IPeer peer, Channel channel, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (OnMessage is { } replaced) return replaced(peer, channel, message, cancellation);
        _messages.Writer.TryWrite(new Received(peer, channel, message));
        return ValueTask.CompletedTask;
    }

    public void OnDisconnected(IPeer peer)
    {
        if (Keeps(peer)) Disconnected.Enqueue(peer);
    }

    /// <summary>The next message that came.</summary>
    public Task<Received> NextAsync() => _messages.Reader.ReadAsync().AsTask().WaitAsync(Hang.TimeMax);
}
