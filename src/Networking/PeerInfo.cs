using System;
using System.Collections.Generic;
using System.Net;
using Chain.Primitives.Bytes;

namespace Chain.Networking;

/// <summary>One connected peer at a glance.</summary>
/// <param name="Endpoint">The other end of the TCP connection.</param>
/// <param name="ListenPort">Where the peer says that it listens; 0 when it does not.</param>
/// <param name="Version">What the peer says that it runs. Any text; not to be trusted.</param>
/// <param name="AppVersion">Newest rules of the application that its software knows, as it says.</param>
/// <param name="Score">100 is a clean record, 0 ends the connection.</param>
/// <param name="RoundTrip">Of the last ping; null before the first.</param>
public sealed record PeerInfo(
    Address Id,
    PeerDirection Direction,
    IPEndPoint Endpoint,
    int ListenPort,
    string Version,
    uint AppVersion,
    DateTimeOffset ConnectedSince,
    int Score,
    TimeSpan? RoundTrip,
    IReadOnlyList<ChannelInfo> Channels);
