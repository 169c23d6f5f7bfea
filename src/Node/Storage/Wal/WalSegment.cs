using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Chain.Node.Storage.Disk;

namespace Chain.Node.Storage.Wal;

/// <summary>
/// A segment file, read. Its name is its height. It opens with a record whose payload is <see cref="Magic"/> and whose durable
/// offset is where the segment begins in the whole log: a new segment is begun only after a sync.
/// </summary>
internal sealed class WalSegment
{
    private const string Extension = ".wal";

    /// <summary>Bytes that the opening record takes.</summary>
    public const int OpeningBytes = WalRecord.HeaderBytes + 8;

    private WalSegment(long segmentBase, int validBytes, bool damageWasSynced, bool followsAnother, List<byte[]> records)
    {
        Base = segmentBase;
        ValidBytes = validBytes;
        DamageWasSynced = damageWasSynced;
        FollowsAnother = followsAnother;
        Records = records;
    }

    /// <summary>Payload of the opening record; the digit is the format's version.</summary>
    public static ReadOnlySpan<byte> Magic => "CHAINWL1"u8;

    /// <summary>Offset in the whole log.</summary>
    public long Base { get; }

    /// <summary>Bytes before the first that is not part of a sound record.</summary>
    public int ValidBytes { get; }

    /// <summary>True when a sound record behind the damage says that the damaged place had reached the disk.</summary>
    public bool DamageWasSynced { get; }

    /// <summary>True when it says of itself, soundly, that it begins elsewhere: a segment before it is missing or cut.</summary>
    public bool FollowsAnother { get; }

    /// <summary>Payloads before the damage, without the opening record.</summary>
    public List<byte[]> Records { get; }

    public static string PathOf(string directory, long height) =>
        Path.Combine(directory, height.ToString("D19", CultureInfo.InvariantCulture) + Extension);

    /// <summary>Heights of the segments in a folder, ascending. Other files are left alone.</summary>
    public static List<long> ListHeights(IDisk disk, string directory)
    {
        List<long> heights = [];
        foreach (string path in disk.ListFiles(directory))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long height)
                && PathOf(directory, height) == path)
            {
                heights.Add(height);
            }
        }
        heights.Sort();
        return heights;
    }

    /// <summary>Reads records up to the first damage.</summary>
    /// <param name="expectedBase">Where the segment must begin; null where the segments before it are gone.</param>
    public static WalSegment Read(ReadOnlySpan<byte> bytes, long height, long? expectedBase)
    {
        List<byte[]> records = [];
        bool isSound = WalRecord.TryRead(bytes, 0, long.MaxValue, height, out long opening, out ReadOnlySpan<byte> magic)
            && magic.SequenceEqual(Magic);
        bool opens = isSound && opening == (expectedBase ?? opening);
        long segmentBase = expectedBase ?? opening;
        int at = opens ? OpeningBytes : 0;
        while (opens && WalRecord.TryRead(bytes, at, segmentBase, height, out _, out ReadOnlySpan<byte> payload))
        {
            if (!payload.IsEmpty) records.Add(payload.ToArray());
            at += WalRecord.HeaderBytes + payload.Length;
        }
        return new WalSegment(segmentBase, at, WasSynced(bytes, at, segmentBase, height), isSound && !opens, records);
    }

    /// <summary>The frame is lost at the damage, so every later byte is tried as the start of a record that knows of it.</summary>
    private static bool WasSynced(ReadOnlySpan<byte> bytes, int damage, long segmentBase, long height)
    {
        for (int at = damage + 1; at <= bytes.Length - WalRecord.HeaderBytes; at++)
        {
            // Only such a record matters, and the test spares nearly all checksums.
            if (BinaryPrimitives.ReadInt64LittleEndian(bytes[(at + 8)..]) <= segmentBase + damage) continue;
            if (WalRecord.TryRead(bytes, at, segmentBase, height, out _, out _)) return true;
        }
        return false;
    }
}
