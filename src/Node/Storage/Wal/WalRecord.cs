using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Chain.Node.Storage.Wal;

/// <summary>
/// One framed record: payload length (4 bytes LE), CRC32C (4), the offset in the whole log known to be on the disk when this
/// was written (8), payload. The checksum also covers the segment's height and the record's place in it, so that bytes which
/// stand elsewhere, or inside another record, do not pass for a record here. A record without payload is a mark: it says
/// nothing but how much is on the disk.
/// </summary>
internal static class WalRecord
{
    public const int HeaderBytes = 16;

    /// <summary>Writes the frame to the first <see cref="HeaderBytes"/> plus payload bytes of <paramref name="target"/>.</summary>
    /// <param name="at">Offset of the record in its segment.</param>
    public static void Write(Span<byte> target, ReadOnlySpan<byte> payload, long durable, long height, long at)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Checksum(payload, durable, height, at));
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], durable);
        payload.CopyTo(target[HeaderBytes..]);
    }

    /// <summary>True when a whole and sound record begins at <paramref name="at"/>.</summary>
    /// <param name="segmentBase">Offset of the segment in the whole log: no record can know of more than was before it.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> segment, int at, long segmentBase, long height, out long durable, out ReadOnlySpan<byte> payload)
    {
        durable = 0;
        payload = default;
        ReadOnlySpan<byte> rest = segment[at..];
        if (rest.Length < HeaderBytes) return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length < 0 || length > rest.Length - HeaderBytes) return false;
        durable = BinaryPrimitives.ReadInt64LittleEndian(rest[8..]);
        if (durable < 0 || durable - at > segmentBase) return false;
        payload = rest.Slice(HeaderBytes, length);
        return BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) == Checksum(payload, durable, height, at);
    }

    private static uint Checksum(ReadOnlySpan<byte> payload, long durable, long height, long at)
    {
        uint crc = BitOperations.Crc32C(uint.MaxValue, unchecked((ulong)height));
        crc = BitOperations.Crc32C(crc, unchecked((ulong)at));
        crc = BitOperations.Crc32C(crc, unchecked((ulong)durable));
        crc = BitOperations.Crc32C(crc, (uint)payload.Length);
        return ~Crc32C.Append(crc, payload);
    }
}
