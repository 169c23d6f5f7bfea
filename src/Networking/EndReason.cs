namespace Chain.Networking;

/// <summary>Why a handshake was refused or a connection ended. The numbers go over the wire in a goodbye.</summary>
public enum EndReason : byte
{
    /// <summary>Not ended.</summary>
    None = 0,

    /// <summary>The other side speaks another version of the protocol.</summary>
    WrongProtocol = 1,

    WrongChain = 2,

    WrongGenesis = 3,

    /// <summary>The key is not admitted, or no longer.</summary>
    NotAdmitted = 4,

    /// <summary>The key did something wrong a short while ago.</summary>
    Banned = 5,

    /// <summary>Another connection of the two nodes stays instead.</summary>
    Duplicate = 6,

    TooManyPeers = 7,

    /// <summary>Both ends have the same key.</summary>
    Self = 8,

    /// <summary>The node stops.</summary>
    Stopping = 9,

    /// <summary>The peer did something wrong.</summary>
    Fault = 10,

    /// <summary>Nothing came for too long, or nothing could be written.</summary>
    Silent = 11,

    /// <summary>The connection broke or was closed without a word.</summary>
    Lost = 12,

    /// <summary>TLS or the certificate failed; never on the wire.</summary>
    BadCertificate = 13,

    /// <summary>The handshake took too long; never on the wire.</summary>
    TooSlow = 14,

    /// <summary>Nobody answered at the address; never on the wire.</summary>
    Unreachable = 15,

    /// <summary>Our own handler failed.</summary>
    Internal = 16,
}
