namespace Chain.Networking;

/// <summary>What a peer may do wrong.</summary>
public enum PeerFault : byte
{
    /// <summary>Bytes that are no message of their channel. Ends the connection.</summary>
    Malformed,

    /// <summary>A signature that does not verify, or a block that is not what it claims. Ends the connection.</summary>
    Lie,

    /// <summary>Faster than the channel allows. Ends the connection when repeated.</summary>
    TooFast,

    /// <summary>Asked for something and let it time out, or sent what nobody asked for. Lowers the score.</summary>
    Useless,
}
