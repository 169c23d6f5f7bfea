namespace Chain.Networking.Wire;

/// <summary>The second element of each control message, after the version.</summary>
internal enum ControlKind : byte
{
    /// <summary>The first word of each side, see <see cref="Wire.Hello"/>.</summary>
    Hello = 1,

    /// <summary>The other's hello is accepted; both have to say so.</summary>
    Accept = 2,

    /// <summary>The last word: a refusal, or why a connection ends.</summary>
    Goodbye = 3,

    Ping = 4,

    Pong = 5,

    /// <summary>Room in a channel's window that is free again.</summary>
    Credit = 6,
}
