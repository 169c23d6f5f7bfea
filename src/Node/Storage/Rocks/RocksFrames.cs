using System;
using System.Buffers.Binary;

namespace Chain.Node.Storage.Rocks;

/// <summary>
/// The frames in which the database keeps its logs: blocks of 32 KiB; a frame is checksum (4, LE, masked), length (2, LE), type
/// (1), payload, and never crosses blocks. The checksum covers type and payload. Where fewer than seven bytes of a block are
/// left, they are zero. Source: RocksDB <c>db/log_format.h</c>, <c>db/log_reader.cc</c>.
/// </summary>
internal static class RocksFrames
{
    public const int BlockBytes = 32 * 1024;
    public const int HeaderBytes = 7;

    /// <summary>Bytes before the first that is not part of a sound frame.</summary>
    public static int SoundBytes(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            ReadOnlySpan<byte> rest = bytes[at..Math.Min(bytes.Length, (at / BlockBytes + 1) * BlockBytes)];
            if (rest.Length < HeaderBytes)
            {
                bool isTrailer = (at + rest.Length) % BlockBytes == 0 && !rest.ContainsAnyExcept((byte)0);
                if (!isTrailer) return at;
                at += rest.Length;
                continue;
            }
            int length = LengthOf(rest);
            if (length > rest.Length - HeaderBytes) return at;
            uint crc = Crc32C.Append(uint.MaxValue, rest.Slice(HeaderBytes - 1, 1 + length));
            if (~crc != ChecksumOf(rest)) return at;
            at += HeaderBytes + length;
        }
        return at;
    }

    /// <summary>Length of a frame's payload, as its header says.</summary>
    public static int LengthOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt16LittleEndian(frame[4..]);

    /// <summary>A frame's checksum; undoes <c>crc32c::Mask</c>, which is a rotation and a constant added.</summary>
    public static uint ChecksumOf(ReadOnlySpan<byte> frame)
    {
        uint rotated = unchecked(BinaryPrimitives.ReadUInt32LittleEndian(frame) - 0xa282ead8);
        return (rotated >> 17) | (rotated << 15);
    }
}
