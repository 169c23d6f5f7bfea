using System;
using System.Collections.Generic;
using Chain.Networking;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.Node.Tests.Peers;

/// <summary>The far end of a connection, which keeps what it is sent.</summary>
internal sealed class FakePeer(byte number) : IPeer
{
    public Address Id { get; init; } = Address.From(Sha256.Hash([number]).Span[..Address.Size]);

    public List<PeerMessage> Sent { get; } = [];

    public List<PeerFault> Reports { get; } = [];

    public bool TrySend(Channel channel, ReadOnlyMemory<byte> message)
    {
        Assert.True(PeerMessage.TryDecode(message.Span, out PeerMessage decoded, out DecodeError error), error.ToString());
        Sent.Add(decoded);
        return true;
    }

    public bool HasRoom(Channel channel) => true;

    public void Report(PeerFault fault) => Reports.Add(fault);
}
