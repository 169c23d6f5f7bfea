using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Chain.Networking.Wire;
using Chain.Primitives.Bytes;

namespace Chain.Networking.Connections;

/// <summary>A connection whose two ends have proven their keys and said hello.</summary>
internal sealed record Session(
    Socket Socket, SslStream Stream, FrameReader Frames, Address Id, Hello Hello, PeerDirection Direction, IPEndPoint Endpoint);
