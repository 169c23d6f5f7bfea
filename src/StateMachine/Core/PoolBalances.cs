using System;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Core;

/// <summary>Credits that belong to nobody in particular, and the totals of what was burned and minted, all in ncredit.</summary>
public sealed record PoolBalances(
    ulong Treasury, ulong ValidatorRewards, ulong Reliability, ulong Burned, ulong Minted)
{
    private const int CodecVersion = 1;

    public static readonly PoolBalances Empty = new(0, 0, 0, 0, 0);

    public byte[] Encode() => new MessagePackWriter().Array(6).UInt(CodecVersion)
        .UInt(Treasury).UInt(ValidatorRewards).UInt(Reliability).UInt(Burned).UInt(Minted).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out PoolBalances pools, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(6);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        pools = new PoolBalances(reader.UInt(), reader.UInt(), reader.UInt(), reader.UInt(), reader.UInt());
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
