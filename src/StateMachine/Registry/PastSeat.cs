using System;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Registry;

/// <summary>Who answers for a consensus key that has no seat any more.</summary>
/// <param name="NodeKey">By which peers admit it while it is still in a validator set.</param>
/// <param name="EndedAt">The block in which the seat ended; the key is in the sets up to the height after it.</param>
/// <param name="Until">Market time up to which evidence may still punish the provider; the record goes then.</param>
public sealed record PastSeat(Address Provider, PublicKey NodeKey, Height EndedAt, MarketTime Until)
{
    private const int CodecVersion = 1;

    public byte[] Encode() => new MessagePackWriter().Array(5)
        .UInt(CodecVersion).Bin(Provider).Bin(NodeKey).UInt((ulong)EndedAt.Value).UInt(Until.Seconds).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out PastSeat seat, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(5);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        seat = new PastSeat(
            reader.Address(),
            reader.PublicKey(),
            new Height((long)reader.UInt(long.MaxValue)),
            new MarketTime(reader.UInt()));
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
