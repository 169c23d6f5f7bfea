using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.StateMachine.Store;

namespace Chain.Node.Storage.Rocks;

/// <summary>
/// RocksDB's own form of a batch, made here so that one native call writes a block. Sequence 0 (8 bytes LE), count (4 bytes LE),
/// then for each change a tag, the family as varint32, and key and value, each behind its length as varint32.
/// </summary>
internal static class RocksBatch
{
    private const int HeaderBytes = 12;
    private const byte DeleteTag = 0x04;
    private const byte PutTag = 0x05;

    /// <param name="familyIds">Indexed by <see cref="Column"/>; none is 0, whose records have other tags.</param>
    public static byte[] Encode(WriteBatch batch, uint[] familyIds)
    {
        byte[] bytes = new byte[Measure(batch, familyIds)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), batch.Count);
        int at = HeaderBytes;
        foreach (((Column column, byte[] key), byte[]? value) in batch.Changes)
        {
            bytes[at++] = value is null ? DeleteTag : PutTag;
            at = WriteVarint(bytes, at, familyIds[(int)column]);
            at = WriteSlice(bytes, at, key);
            if (value is not null) at = WriteSlice(bytes, at, value);
        }
        Invariant.Holds(at == bytes.Length, "a batch is as long as measured");
        return bytes;
    }

    private static int Measure(WriteBatch batch, uint[] familyIds)
    {
        int length = HeaderBytes;
        foreach (KeyValuePair<(Column Column, byte[] Key), byte[]?> change in batch.Changes)
        {
            int keyLength = change.Key.Key.Length;
            length += 1 + VarintBytes(familyIds[(int)change.Key.Column]) + VarintBytes((uint)keyLength) + keyLength;
            if (change.Value is { } value) length += VarintBytes((uint)value.Length) + value.Length;
        }
        return length;
    }

    private static int VarintBytes(uint value)
    {
        int count = 1;
        for (; value >= 0x80; value >>= 7) count++;
        return count;
    }

    private static int WriteVarint(byte[] bytes, int at, uint value)
    {
        for (; value >= 0x80; value >>= 7) bytes[at++] = (byte)(value & 0x7f | 0x80);
        bytes[at++] = (byte)value;
        return at;
    }

    private static int WriteSlice(byte[] bytes, int at, byte[] slice)
    {
        at = WriteVarint(bytes, at, (uint)slice.Length);
        slice.CopyTo(bytes, at);
        return at + slice.Length;
    }
}
