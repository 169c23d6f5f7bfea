using System;
using System.IO;

namespace Chain.Node.Storage.Rocks;

/// <summary>
/// Reads the frames of the database's list of files before the library does. Where a record claims more bytes than the file
/// has, the library takes it, and all behind it, for an edit that a power failure tore, and deletes the tables that only
/// those name: whole columns lose rows and nobody hears of it. The checksum does not cover the length, so a record that is
/// whole under another length was not torn; its length has changed.
/// </summary>
internal static class RocksManifest
{
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
        for (int at = 0; at + RocksFrames.HeaderBytes <= bytes.Length;)
        {
            int blockEnd = Math.Min(bytes.Length, (at / RocksFrames.BlockBytes + 1) * RocksFrames.BlockBytes);
            if (blockEnd - at < RocksFrames.HeaderBytes)
            {
                at = blockEnd;
                continue;
            }
            int length = RocksFrames.LengthOf(bytes[at..]);
            if (length > blockEnd - at - RocksFrames.HeaderBytes) return IsWhole(bytes[at..blockEnd]) ? at : null;
            at += RocksFrames.HeaderBytes + length;
        }
        return null;
    }

    /// <summary>True when some number of the bytes behind the header have the frame's checksum.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> frame)
    {
        uint expected = RocksFrames.ChecksumOf(frame);
        uint crc = uint.MaxValue;
        for (int i = RocksFrames.HeaderBytes - 1; i < frame.Length; i++)
        {
            crc = Crc32C.Append(crc, frame.Slice(i, 1));
            if (~crc == expected) return true;
        }
        return false;
    }
}
