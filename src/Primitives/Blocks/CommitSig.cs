using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.Primitives.Blocks;

/// <summary>One validator's entry in a commit. An absent one has no address, Go's zero time and no signature.</summary>
public readonly record struct CommitSig(BlockIdFlag Flag, Address ValidatorAddress, Timestamp Timestamp, Signature Signature)
{
    public static readonly CommitSig Absent = new(BlockIdFlag.Absent, default, Timestamp.GoZero, default);

    public bool IsAbsent => Flag == BlockIdFlag.Absent;

    public byte[] ToProto()
    {
        ProtoWriter writer = new();
        writer.Varint(1, (long)Flag);
        if (!IsAbsent) writer.Bytes(2, ValidatorAddress.Span);
        writer.Message(3, Timestamp.ToProto());
        if (!IsAbsent) writer.Bytes(4, Signature.Span);
        return writer.ToArray();
    }

    public ref MessagePackWriter Write(ref MessagePackWriter writer)
    {
        if (IsAbsent) return ref writer.Nil();
        writer.Array(4).UInt((ulong)Flag).Bin(ValidatorAddress);
        return ref Timestamp.Write(ref writer).Bin(Signature);
    }

    public static CommitSig Read(ref MessagePackReader reader)
    {
        if (reader.NextIsNil)
        {
            reader.Nil();
            return Absent;
        }
        reader.Array(4);
        BlockIdFlag flag = (BlockIdFlag)reader.UInt8();
        if (flag is not (BlockIdFlag.Commit or BlockIdFlag.Nil)) reader.Fail(DecodeCode.OutOfRange);
        CommitSig sig = new(flag, reader.Address(), Timestamp.Read(ref reader), reader.Signature());
        reader.EndArray();
        return sig;
    }
}
