namespace Chain.Networking;

/// <summary>Who dialled.</summary>
public enum PeerDirection : byte
{
    /// <summary>The peer dialled us.</summary>
    Inbound,

    /// <summary>We dialled the peer.</summary>
    Outbound,
}
