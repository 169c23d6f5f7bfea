using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Codec;

namespace Chain.Node.Snapshots;

/// <summary>Feeds a <see cref="StateSync"/> from the threads of its connections, one call at a time.</summary>
public sealed class StateSyncGate(StateSync sync) : IPeerHandler
{
    private readonly Lock _one = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ticks until the state is in the store. Throws what stops the node.</summary>
    public async Task RunAsync(TimeProvider time, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(PeerLimits.TickMs), time);
        while (!_done.Task.IsCompleted)
        {
            await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
            Do(sync.Tick);
        }
        await _done.Task.ConfigureAwait(false);
    }

    public void OnConnected(IPeer peer) => Do(() => sync.Connected(peer));

    public void OnDisconnected(IPeer peer) => Do(() => sync.Disconnected(peer));

    public ValueTask OnMessageAsync(IPeer peer, Channel channel, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        bool isMessage = PeerMessage.TryDecode(message.Span, out PeerMessage decoded, out DecodeError _) && decoded.Channel == channel;
        if (isMessage) Do(() => sync.Handle(peer, decoded));
        else peer.Report(PeerFault.Malformed);
        return ValueTask.CompletedTask;
    }

    private void Do(Action step)
    {
        lock (_one)
        {
            if (_done.Task.IsCompleted) return;
            try
            {
                step();
                if (sync.IsDone) _done.TrySetResult();
            }
#pragma warning disable CA1031 // Handed to whoever waits: it stops the node.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                _done.TrySetException(fault);
            }
        }
    }
}
