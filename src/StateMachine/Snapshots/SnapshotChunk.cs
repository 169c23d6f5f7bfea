using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Snapshots;

/// <summary>All pairs of one store in a range of key hashes, and what proves that. Says itself neither store nor range.</summary>
/// <param name="Pairs">Raw key and value, ascending by key hash; at least one.</param>
/// <param name="Siblings">The hashes of the largest subtrees outside of the range, in order.</param>
public sealed record SnapshotChunk(IReadOnlyList<KeyValuePair<byte[], byte[]>> Pairs, IReadOnlyList<Hash256> Siblings)
{
    private const int Format = 1;

    /// <summary>Canonical MessagePack: [format, [[key, value]…], [sibling…]].</summary>
    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(3).UInt(Format).Array(Pairs.Count);
        foreach ((byte[] key, byte[] value) in Pairs) writer.Array(2).Bin(key).Bin(value);
        writer.Array(Siblings.Count);
        foreach (Hash256 sibling in Siblings) writer.Bin(sibling);
        return writer.ToArray();
    }

    /// <summary>Total; looks at the form alone.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out SnapshotChunk chunk, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(3);
        if (reader.UInt() != Format) reader.Fail(DecodeCode.Unknown);
        int count = reader.ArrayHeader(SnapshotLimits.ChunkBytesMax);
        if (reader.IsOk && count == 0) reader.Fail(DecodeCode.OutOfRange);
        List<KeyValuePair<byte[], byte[]>> pairs = [];
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            reader.Array(2);
            byte[] key = reader.Bin(ushort.MaxValue).ToArray();
            byte[] value = reader.Bin(SnapshotLimits.ValueBytesMax).ToArray();
            reader.EndArray();
            if (reader.IsOk && (key.Length == 0 || value.Length == 0)) reader.Fail(DecodeCode.OutOfRange);
            pairs.Add(new(key, value));
        }
        reader.EndArray();
        count = reader.ArrayHeader(SnapshotLimits.SiblingsMax);
        List<Hash256> siblings = [];
        for (int i = 0; i < count && reader.IsOk; i++) siblings.Add(reader.Hash256());
        reader.EndArray();
        reader.EndArray();
        chunk = new SnapshotChunk(pairs, siblings);
        return reader.TryFinish(out error);
    }
}
