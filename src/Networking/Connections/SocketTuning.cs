using System;
using System.Net.Sockets;

namespace Chain.Networking.Connections;

/// <summary>Options of every connection.</summary>
internal static class SocketTuning
{
    private const int TcpLevel = 6;

    /// <summary>TCP_NOTSENT_LOWAT of linux/tcp.h; .NET has no name for it.</summary>
    private const int NotSentLowWatermark = 25;

    public static void Apply(Socket socket)
    {
        socket.NoDelay = true;
        // What the kernel holds unsent no priority reaches any more.
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(TcpLevel, NotSentLowWatermark, BitConverter.GetBytes(NetworkLimits.UnsentBytesMax));
        }
    }
}
