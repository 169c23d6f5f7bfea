using System;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Beacon;

/// <summary>Where a validator stands in its hash chain.</summary>
/// <param name="Tip">SHA-256 of the next preimage.</param>
/// <param name="Generation">Which chain of the validator this is, from 1.</param>
/// <param name="Used">Preimages that it has revealed of this chain.</param>
/// <param name="RegisteredAt">The block that fixed this chain.</param>
public sealed record BeaconTip(Hash256 Tip, ulong Generation, ulong Used, Height RegisteredAt)
{
    /// <summary>Preimages of one chain; then the validator registers the next.</summary>
    public const ulong Length = 65_536;

    private const int CodecVersion = 1;

    public bool IsUsedUp => Used == Length;

    public byte[] Encode() => new MessagePackWriter().Array(5).UInt(CodecVersion)
        .Bin(Tip).UInt(Generation).UInt(Used).UInt((ulong)RegisteredAt.Value).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out BeaconTip tip, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(5);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        tip = new BeaconTip(
            reader.Hash256(), reader.UInt(), reader.UInt(Length), new Height((long)reader.UInt(long.MaxValue)));
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
