using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Market.Rebates;

/// <summary>The reliability rebates of one epoch.</summary>
/// <param name="Points">Of all providers.</param>
/// <param name="Pot">What there is to hand out, as the pool held it when paying began; 0 before.</param>
/// <param name="Left">What of it is still held, ncredit.</param>
/// <param name="Next">The next provider to be paid.</param>
public sealed record RebateEpoch(ulong Points, bool HasBegun, ulong Pot, ulong Left, Address Next)
{
    private const int CodecVersion = 1;

    public static readonly RebateEpoch None = new(0, false, 0, 0, default);

    public byte[] Encode() => new MessagePackWriter().Array(6).UInt(CodecVersion)
        .UInt(Points).Bool(HasBegun).UInt(Pot).UInt(Left).Bin(Next).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out RebateEpoch epoch, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(6);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        epoch = new RebateEpoch(reader.UInt(), reader.Bool(), reader.UInt(), reader.UInt(), reader.Address());
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
