using System;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;

namespace Chain.Node.Storage.Blocks;

/// <summary>What lists and light clients need of a block, without its transactions.</summary>
/// <param name="SizeBytes">Length of the protobuf block.</param>
public sealed record BlockMeta(Header Header, BlockId Id, int SizeBytes, int TransactionCount)
{
    private const int CodecVersion = 1;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(5).UInt(CodecVersion);
        Header.Write(ref writer);
        Id.Write(ref writer);
        return writer.UInt((ulong)SizeBytes).UInt((ulong)TransactionCount).ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out BlockMeta meta, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(5);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        meta = new BlockMeta(
            Header.Read(ref reader),
            BlockId.Read(ref reader),
            (int)reader.UInt32(int.MaxValue),
            (int)reader.UInt32(Limits.BlockBytesMax));
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
