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
    private const int BufferBytes = 64 * 1024;

    private readonly IPEndPoint _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private long _allowed = long.MaxValue;
    private readonly Lock _gate = new();
    private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _connections = new();

    public PeerProxy(IPEndPoint target)
    {
        _target = target;
        _open.SetResult();
        _listener.Server.ReceiveBufferSize = BufferBytes;
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

    /// <summary>From now on only what <see cref="Allow"/> allows passes, both ways together. Connections made before it hold more under way.</summary>
    public void Meter() => Interlocked.Exchange(ref _allowed, 0);

    /// <summary>So many bytes more may pass; what was not used is lost.</summary>
    public void Allow(long bytes) => Interlocked.Exchange(ref _allowed, bytes);

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
        // Small and fixed, so that what waits here cannot be much.
        using TcpClient target = new() { ReceiveBufferSize = BufferBytes };
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
        byte[] buffer = new byte[BufferBytes];
        while (true)
        {
            int count = await from.ReadAsync(buffer, cancel);
            await Open.WaitAsync(cancel);
            if (count == 0) return;
            for (int sent = 0; sent < count;)
            {
                int part = await TakeAsync(count - sent, cancel);
                await to.WriteAsync(buffer.AsMemory(sent, part), cancel);
                sent += part;
            }
        }
    }

    /// <summary>Waits until some of the bytes may pass, and answers how many.</summary>
    private async Task<int> TakeAsync(int bytes, CancellationToken cancel)
    {
        while (true)
        {
            long allowed = Interlocked.Read(ref _allowed);
            int part = (int)Math.Min(bytes, allowed);
            if (allowed == long.MaxValue) return bytes;
            if (part > 0 && Interlocked.CompareExchange(ref _allowed, allowed - part, allowed) == allowed) return part;
            await Task.Delay(1, cancel);
        }
    }
}
