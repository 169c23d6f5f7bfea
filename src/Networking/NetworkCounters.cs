using System.Collections.Generic;

namespace Chain.Networking;

/// <summary>What a network counted since its start, for metrics.</summary>
/// <param name="Dials">Attempts to connect to others.</param>
/// <param name="Accepted">TCP connections that others made and that began a handshake.</param>
/// <param name="TurnedAway">TCP connections that were closed at once, since too many handshakes were under way.</param>
/// <param name="Connected">Handshakes that made a peer, both directions.</param>
/// <param name="Bans">Times that a key was banned.</param>
/// <param name="Refused">Handshakes that failed, by <see cref="EndReason"/>; 0 holds those that we do not know.</param>
/// <param name="Ended">Connections that ended, by <see cref="EndReason"/>.</param>
/// <param name="SentBytes">Bytes of frames by channel number, 0 for control.</param>
/// <param name="ReceivedBytes">Likewise.</param>
public sealed record NetworkCounters(
    long Dials,
    long Accepted,
    long TurnedAway,
    long Connected,
    long Bans,
    IReadOnlyList<long> Refused,
    IReadOnlyList<long> Ended,
    IReadOnlyList<long> SentBytes,
    IReadOnlyList<long> ReceivedBytes)
{
    /// <summary>Length of the lists by reason.</summary>
    internal const int ReasonCount = (int)EndReason.Internal + 1;
}
