using System;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Admission;

/// <summary>A provider's request for a seat that nobody has decided about; stored by its address, one for each.</summary>
/// <param name="Due">The request goes then.</param>
public sealed record SeatRequest(PublicKey ConsensusKey, PublicKey NodeKey, MarketTime Due)
{
    private const int CodecVersion = 1;

    public byte[] Encode() => new MessagePackWriter().Array(4)
        .UInt(CodecVersion).Bin(ConsensusKey).Bin(NodeKey).UInt(Due.Seconds).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out SeatRequest request, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(4);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        request = new SeatRequest(reader.PublicKey(), reader.PublicKey(), new MarketTime(reader.UInt()));
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
