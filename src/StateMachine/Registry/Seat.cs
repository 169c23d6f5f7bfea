using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Registry;

/// <summary>A validator's seat: the keys that speak in consensus and the provider who answers for them.</summary>
/// <param name="Provider">Address of the registered provider; it has this seat alone.</param>
/// <param name="NodeKey">Key of the node's connections, by which peers admit it.</param>
/// <param name="Expires">Not valid from here on; <see cref="MarketTime.Never"/> for the seats of the genesis.</param>
public sealed record Seat(PublicKey ConsensusKey, Address Provider, PublicKey NodeKey, MarketTime Expires)
{
    private const int CodecVersion = 1;

    public Address ConsensusAddress => ConsensusKey.Address;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        Write(ref writer);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Seat seat, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        seat = Read(ref reader);
        return reader.TryFinish(out error);
    }

    public void Write(ref MessagePackWriter writer) => writer
        .Array(5).UInt(CodecVersion).Bin(ConsensusKey).Bin(Provider).Bin(NodeKey).UInt(Expires.Seconds);

    public static Seat Read(ref MessagePackReader reader)
    {
        reader.Array(5);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        Seat seat = new(reader.PublicKey(), reader.Address(), reader.PublicKey(), new MarketTime(reader.UInt()));
        reader.EndArray();
        return seat;
    }
}
