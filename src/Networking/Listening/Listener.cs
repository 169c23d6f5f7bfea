using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking.Connections;

namespace Chain.Networking.Listening;

/// <summary>Takes connections that others make.</summary>
internal sealed class Listener : IDisposable
{
    /// <summary>After a failed accept (no file handles left, say), so that the loop does not spin.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly HandshakeSlots _slots;

    /// <summary>Binds and listens.</summary>
    /// <param name="slots">What connections have to pass.</param>
    /// <exception cref="SocketException">The address is taken or not ours.</exception>
    public Listener(IPEndPoint endpoint, HandshakeSlots slots)
    {
        _slots = slots;
        _socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint.Address.Equals(IPAddress.IPv6Any)) _socket.DualMode = true;
            _socket.Bind(endpoint);
            _socket.Listen(NetworkLimits.AcceptBacklog);
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }
    }

    public IPEndPoint Endpoint => (IPEndPoint)_socket.LocalEndPoint!;

    public async Task RunAsync(
        NetworkContext network, Handshaker handshaker, Action<Handshake> start, TaskSet tasks, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                Socket accepted = await _socket.AcceptAsync(cancellation).ConfigureAwait(false);
                Admit(accepted, network, handshaker, start, tasks, cancellation);
            }
            catch (SocketException fault)
            {
                NetworkLog.AcceptFailed(network.Log, fault.Message);
                await Task.Delay(PauseAfterFailure, network.Time, CancellationToken.None).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Admit(
        Socket socket,
        NetworkContext network,
        Handshaker handshaker,
        Action<Handshake> start,
        TaskSet tasks,
        CancellationToken cancellation)
    {
        // The peer may be gone already.
        if (socket.RemoteEndPoint is not IPEndPoint endpoint || !_slots.TryEnter(endpoint.Address))
        {
            network.Counters.TurnedAway();
            socket.Dispose();
            return;
        }
        network.Counters.Accepted();
        bool isRunning = tasks.TryRun(async () =>
        {
            try
            {
                Handshake handshake = await handshaker.RunAsync(socket, expected: null, cancellation).ConfigureAwait(false);
                if (handshake.Connection is null)
                {
                    network.Counters.Refused(handshake.Reason);
                    NetworkLog.HandshakeFailed(network.Log, endpoint, handshake.Reason, handshake.Detail);
                }
                start(handshake);
            }
            finally
            {
                _slots.Leave(endpoint.Address);
            }
        });
        if (!isRunning) socket.Dispose();
    }
}
