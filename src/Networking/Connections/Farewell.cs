using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Networking.Connections;

/// <summary>
/// Closes a connection so that the last word arrives: a socket that is closed with unread bytes resets the connection, and the
/// peer would never read why.
/// </summary>
internal static class Farewell
{
    /// <summary>How long a last word may take; then the socket is closed under it.</summary>
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(1);

    /// <summary>Waits for what is being written, closes our half, reads until the peer closes its own. Never throws.</summary>
    public static async Task CloseAsync(Session session, Task writing, TimeProvider time)
    {
        await RunAsync(session.Stream, session.Socket, writing, time).ConfigureAwait(false);
    }

    /// <summary>The same for a handshake that was refused with <paramref name="goodbye"/>.</summary>
    public static Task RefuseAsync(SslStream stream, Socket socket, byte[] goodbye, TimeProvider time) =>
        RunAsync(stream, socket, stream.WriteAsync(goodbye).AsTask(), time);

    private static async Task RunAsync(SslStream stream, Socket socket, Task writing, TimeProvider time)
    {
        using CancellationTokenSource bound = new(TimeMax, time);
        try
        {
            await writing.WaitAsync(bound.Token).ConfigureAwait(false);
            await stream.ShutdownAsync().WaitAsync(bound.Token).ConfigureAwait(false);
            socket.Shutdown(SocketShutdown.Send);
            byte[] scratch = new byte[NetworkLimits.ControlBytesMax];
            while (await socket.ReceiveAsync(scratch, bound.Token).ConfigureAwait(false) > 0) { }
        }
        catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException
            or ObjectDisposedException or InvalidOperationException)
        {
            // It is over either way.
        }
        finally
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            socket.Dispose();
        }
    }
}
