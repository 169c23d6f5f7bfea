using System;
using Chain.Primitives.Bytes;

namespace Chain.Networking;

/// <summary>One connected peer, as its user sees it. Safe for many threads; nothing here blocks or throws.</summary>
public interface IPeer
{
    /// <summary>The peer's id: the address of its node key, proven by the handshake.</summary>
    Address Id { get; }

    /// <summary>What its hello said; later messages know better. None where nothing was said.</summary>
    BlockRange Blocks => default;

    /// <summary>
    /// Queues a message. False when the channel's queue is full or the connection ends: the message is dropped, and what
    /// matters is asked for again by a summary. The bytes must not change afterwards.
    /// </summary>
    bool TrySend(Channel channel, ReadOnlyMemory<byte> message);

    /// <summary>
    /// True while no more waits to be sent than may be under way at once: whoever has a long answer sends the next piece then. True
    /// as well once the connection ends, where sending fails.
    /// </summary>
    bool HasRoom(Channel channel);

    /// <summary>Tells that the peer did something wrong. Scored; a provable lie ends the connection at once.</summary>
    void Report(PeerFault fault);
}
