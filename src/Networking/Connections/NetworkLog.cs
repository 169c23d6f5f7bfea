using System;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Chain.Networking.Connections;

/// <summary>Everything that the network writes to its log.</summary>
internal static partial class NetworkLog
{
    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "listening for peers on {Endpoint} as {NodeId}")]
    public static partial void Listening(ILogger logger, IPEndPoint endpoint, string nodeId);

    [LoggerMessage(EventId = 102, Level = LogLevel.Information, Message = "peer {Peer} connected, {Direction}, {Endpoint}, version {Version}")]
    public static partial void Connected(ILogger logger, string peer, PeerDirection direction, IPEndPoint endpoint, string version);

    [LoggerMessage(EventId = 103, Level = LogLevel.Information, Message = "peer {Peer} disconnected: {Reason}, {Detail}")]
    public static partial void Disconnected(ILogger logger, string peer, EndReason reason, string detail);

    [LoggerMessage(EventId = 104, Level = LogLevel.Warning, Message = "peer {Peer} cannot be reached: {Reason}, {Detail}; trying again")]
    public static partial void DialFailed(ILogger logger, string peer, EndReason reason, string detail);

    [LoggerMessage(EventId = 105, Level = LogLevel.Debug, Message = "handshake from {Endpoint} failed: {Reason}, {Detail}")]
    public static partial void HandshakeFailed(ILogger logger, IPEndPoint endpoint, EndReason reason, string detail);

    [LoggerMessage(EventId = 106, Level = LogLevel.Warning, Message = "peer {Peer} did wrong: {Fault}, {Detail}")]
    public static partial void Faulted(ILogger logger, string peer, PeerFault fault, string detail);

    [LoggerMessage(EventId = 107, Level = LogLevel.Error, Message = "handling peer {Peer} failed")]
    public static partial void HandlerFailed(ILogger logger, string peer, Exception fault);

    [LoggerMessage(EventId = 108, Level = LogLevel.Warning, Message = "accepting connections failed: {Error}")]
    public static partial void AcceptFailed(ILogger logger, string error);

    [LoggerMessage(EventId = 109, Level = LogLevel.Error, Message = "a handshake failed by a fault of this node")]
    public static partial void HandshakeFaulted(ILogger logger, Exception fault);
}
