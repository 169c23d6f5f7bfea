using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Registry;

/// <summary>Who answers for a consensus key that has no seat any more.</summary>
/// <param name="Until">Market time up to which evidence may still punish the provider; the record goes then.</param>
public sealed record PastSeat(Address Provider, MarketTime Until)
{
    private const int CodecVersion = 1;

    public byte[] Encode() => new MessagePackWriter().Array(3).UInt(CodecVersion).Bin(Provider).UInt(Until.Seconds).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out PastSeat seat, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(3);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        seat = new PastSeat(reader.Address(), new MarketTime(reader.UInt()));
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
