namespace Chain.Networking.Connections;

/// <summary>What a handshake came to: a connection, or why not.</summary>
/// <param name="Replaced">The connection that the new one takes the place of.</param>
internal sealed record Handshake(PeerConnection? Connection, PeerConnection? Replaced, EndReason Reason, string Detail)
{
    public static Handshake Failed(EndReason reason, string detail) => new(null, null, reason, detail);
}
