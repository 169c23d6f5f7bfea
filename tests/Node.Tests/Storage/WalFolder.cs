using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Chain.Node.Storage.Disk;
using Chain.Node.Storage.Wal;

namespace Chain.Node.Tests.Storage;

/// <summary>A folder with a log of short texts, and what the tests do to its files.</summary>
public sealed class WalFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public string PathOf(string name) => _folder.PathOf(name);

    public const int MarkBytes = 16;

    /// <summary>A segment with "a" and "b" synced, then "c" and "d" written by a process that knew of it, which left no mark behind them.</summary>
    public byte[] FileWithTail(out int synced, out int[] ends)
    {
        using (WriteAheadLog log = Open())
        {
            Append(log, "a", "b");
            log.Sync();
            Append(log, "c", "d");
            log.Sync();
        }
        synced = SegmentBytes("a", "b");
        ends = [SegmentBytes("a", "b", "", "c"), SegmentBytes("a", "b", "", "c", "d")];
        byte[] whole = File.ReadAllBytes(SegmentPath(0));
        Assert.Equal(ends[1] + MarkBytes, whole.Length);
        return whole[..ends[1]];
    }

    /// <summary>Bytes of a segment file with these records; an empty one is a mark.</summary>
    public static int SegmentBytes(params string[] payloads)
    {
        const int FrameBytes = 16;
        int bytes = FrameBytes + 8;
        foreach (string payload in payloads) bytes += FrameBytes + payload.Length;
        return bytes;
    }

    public WriteAheadLog Open() => WriteAheadLog.Open(new RealDisk(), PathOf("wal"), out _);

    public string[] Read(out string? notice)
    {
        using WriteAheadLog log = WriteAheadLog.Open(new RealDisk(), PathOf("wal"), out WalContents contents);
        notice = contents.Notice;
        return [.. Texts(contents.Records)];
    }

    private static IEnumerable<string> Texts(IReadOnlyList<byte[]> records)
    {
        foreach (byte[] record in records) yield return Encoding.ASCII.GetString(record);
    }

    public static void Append(WriteAheadLog log, params string[] payloads)
    {
        foreach (string payload in payloads) log.Append(Encoding.ASCII.GetBytes(payload));
    }

    public string SegmentPath(long height) => Path.Combine(PathOf("wal"), $"{height:D19}.wal");

    public void WriteSegment(byte[] bytes) => File.WriteAllBytes(SegmentPath(0), bytes);
}
