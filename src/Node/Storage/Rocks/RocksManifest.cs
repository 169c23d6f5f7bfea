using System;
using System.Buffers.Binary;
using System.IO;

namespace Chain.Node.Storage.Rocks;

/// <summary>
/// Reads the frames of the database's list of files before the library does. Where a record claims more bytes than the file
/// has, the library takes it, and all behind it, for an edit that a power failure tore, and deletes the tables that only
/// those name: whole columns lose rows and nobody hears of it. The checksum does not cover the length, so a record that is
/// whole under another length was not torn; its length has changed.
/// </summary>
/// <remarks>
/// Format: blocks of 32 KiB of frames; a frame is checksum (4, LE, masked), length (2, LE), type (1), payload, and never
/// crosses blocks. The checksum covers type and payload. Source: RocksDB <c>db/log_format.h</c>, <c>db/log_reader.cc</c>.
/// </remarks>
internal static class RocksManifest
{
    private const int BlockBytes = 32 * 1024;
    private const int HeaderBytes = 7;

    /// <summary>Throws <see cref="StorageException"/> where a length has changed. Judges nothing else: the library does.</summary>
    public static void Check(string directory)
    {
        string current = Path.Combine(directory, "CURRENT");
        if (!File.Exists(current)) return;
        string path = Path.Combine(directory, File.ReadAllText(current).Trim());
        if (!File.Exists(path)) return;
        byte[] bytes = File.ReadAllBytes(path);
        if (DamagedAt(bytes) is not { } at) return;
        throw new StorageException(
            $"The database {directory} is damaged", $"the length of the record at byte {at} of {Path.GetFileName(path)} has changed",
            "Bring the folder back from a backup, or sync the node anew");
    }

    /// <summary>Offset of a whole record whose length says that it is not; null where there is none.</summary>
    private static int? DamagedAt(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at + HeaderBytes <= bytes.Length;)
        {
            int blockEnd = Math.Min(bytes.Length, (at / BlockBytes + 1) * BlockBytes);
            if (blockEnd - at < HeaderBytes)
            {
                at = blockEnd;
                continue;
            }
            int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 4)..]);
            if (length > blockEnd - at - HeaderBytes) return IsWhole(bytes[at..blockEnd]) ? at : null;
            at += HeaderBytes + length;
        }
        return null;
    }

    /// <summary>True when some number of the bytes behind the header have the frame's checksum.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> frame)
    {
        uint expected = Unmask(BinaryPrimitives.ReadUInt32LittleEndian(frame));
        uint crc = uint.MaxValue;
        for (int i = HeaderBytes - 1; i < frame.Length; i++)
        {
            crc = Crc32C.Append(crc, frame.Slice(i, 1));
            if (~crc == expected) return true;
        }
        return false;
    }

    /// <summary>Undoes <c>crc32c::Mask</c>: a rotation, and a constant added.</summary>
    private static uint Unmask(uint masked)
    {
        uint rotated = unchecked(masked - 0xa282ead8);
        return (rotated >> 17) | (rotated << 15);
    }
}
