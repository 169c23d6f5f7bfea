using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Process.Tests.Network;

/// <summary>The way from one node to another: a TCP proxy that can be cut, so that a partition needs no root.</summary>
internal sealed class PeerProxy : IDisposable
{
    private readonly IPEndPoint _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _connections = new();

    public PeerProxy(IPEndPoint target)
    {
        _target = target;
        _open.SetResult();
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where the dialling node connects.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    private Task Open
    {
        get
        {
            lock (_gate) return _open.Task;
        }
    }

    private CancellationToken Connections
    {
        get
        {
            lock (_gate) return _connections.Token;
        }
    }

    /// <summary>From now on nothing passes. Connections stay and are silent, as when a cable is out; what was sent waits.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            if (_open.Task.IsCompleted) _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Ends the connections there are; what they held is lost. New ones pass once the proxy is not cut.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _connections.Cancel();
            _connections = new CancellationTokenSource();
        }
    }

    public void Heal()
    {
        lock (_gate) _open.TrySetResult();
    }

    public void Dispose()
    {
        _stop.Cancel();
        Break();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient dialler)
    {
        using TcpClient target = new();
        using (dialler)
        {
            CancellationToken cancel = Connections;
            try
            {
                await Open.WaitAsync(cancel);
                await target.ConnectAsync(_target, cancel);
                dialler.NoDelay = target.NoDelay = true;
                // When one direction ends the other is of no use to TLS.
                await await Task.WhenAny(
                    PumpAsync(dialler.GetStream(), target.GetStream(), cancel), PumpAsync(target.GetStream(), dialler.GetStream(), cancel));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One end is gone, or the test broke the connection: both ends are closed.
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, CancellationToken cancel)
    {
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            int count = await from.ReadAsync(buffer, cancel);
            await Open.WaitAsync(cancel);
            if (count == 0) return;
            await to.WriteAsync(buffer.AsMemory(0, count), cancel);
        }
    }
}
