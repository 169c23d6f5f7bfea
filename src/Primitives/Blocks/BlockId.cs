using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.Primitives.Blocks;

/// <summary>Names a block: header hash and part-set header. The default value is nil, "no block".</summary>
public readonly record struct BlockId(Hash256 Hash, PartSetHeader Parts) : IComparable<BlockId>
{
    public static readonly BlockId Nil;

    public bool IsNil => Hash.IsZero && Parts.Total == 0 && Parts.Hash.IsZero;

    /// <summary>
    /// Protobuf form; the part-set header is always written, so nil is <c>12 00</c>. Nil alone has no hash: CometBFT's ids are
    /// either empty or complete. Also the canonical form.
    /// </summary>
    public byte[] ToProto()
    {
        ProtoWriter writer = new();
        if (!IsNil) writer.Bytes(1, Hash.Span);
        return writer.Message(2, Parts.ToProto()).ToArray();
    }

    public ref MessagePackWriter Write(ref MessagePackWriter writer) =>
        ref (IsNil ? ref writer.Nil() : ref writer.Array(3).Bin(Hash).UInt(Parts.Total).Bin(Parts.Hash));

    public static BlockId Read(ref MessagePackReader reader)
    {
        if (reader.NextIsNil)
        {
            reader.Nil();
            return Nil;
        }
        reader.Array(3);
        Hash256 hash = reader.Hash256();
        uint total = reader.UInt32();
        BlockId id = new(hash, new PartSetHeader(total, reader.Hash256()));
        reader.EndArray();
        if (reader.IsOk && id.IsNil) reader.Fail(DecodeCode.NotShortest);
        return id;
    }

    /// <summary>
    /// Order of CometBFT's <c>BlockID.Key()</c>, which decides which vote of a duplicate pair comes first: the hash, then
    /// the protobuf bytes of the part-set header.
    /// </summary>
    public int CompareTo(BlockId other)
    {
        int byHash = IsNil || other.IsNil ? (IsNil ? 0 : 1) - (other.IsNil ? 0 : 1) : Hash.CompareTo(other.Hash);
        return byHash != 0 ? byHash : Parts.ToProto().AsSpan().SequenceCompareTo(other.Parts.ToProto());
    }

    public static bool operator <(BlockId left, BlockId right) => left.CompareTo(right) < 0;

    public static bool operator >(BlockId left, BlockId right) => left.CompareTo(right) > 0;

    public static bool operator <=(BlockId left, BlockId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(BlockId left, BlockId right) => left.CompareTo(right) >= 0;

    public override string ToString() => IsNil ? "nil" : $"{Hash}:{Parts.Total}";
}
