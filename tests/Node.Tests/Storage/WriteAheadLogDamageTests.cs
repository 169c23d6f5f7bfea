using System;
using System.IO;
using System.Text;
using Chain.Node.Storage;
using Chain.Node.Storage.Disk;
using Chain.Node.Storage.Wal;
using Chain.Tests.Shared.Disk;

namespace Chain.Node.Tests.Storage;

public sealed class WriteAheadLogDamageTests : IDisposable
{
    private readonly WalFolder _log = new();

    public void Dispose() => _log.Dispose();

    /// <summary>Cuts the file at every byte of the unsynced tail; "c" and "d" know that "a" and "b" are safe.</summary>
    [Fact]
    public void Tail_torn_at_any_byte_is_cut_with_a_notice()
    {
        byte[] whole = _log.FileWithTail(out int synced, out int[] ends);
        for (int length = synced; length <= whole.Length; length++)
        {
            _log.WriteSegment(whole[..length]);
            int complete = Array.FindAll(ends, end => end <= length).Length;
            bool isBorder = length == synced || length == synced + WalFolder.MarkBytes || Array.IndexOf(ends, length) >= 0;
            Assert.Equal(Expected(2 + complete), _log.Read(out string? notice));
            Assert.Equal(isBorder, notice is null);
            // The cut is done once, and the log takes records again.
            using (WriteAheadLog log = _log.Open())
            {
                WalFolder.Append(log, "z");
                log.Sync();
            }
            Assert.Equal([.. Expected(2 + complete), "z"], _log.Read(out notice));
            Assert.Null(notice);
        }
    }

    /// <summary>After a power failure the pages of the tail may have come to the disk in any order, or hold zeros.</summary>
    [Fact]
    public void Tail_with_a_changed_or_zeroed_byte_is_cut()
    {
        byte[] whole = _log.FileWithTail(out int synced, out int[] ends);
        for (int at = synced; at < whole.Length; at++)
        {
            int complete = Array.FindAll(ends, end => end <= at).Length;
            byte[] changed = [.. whole];
            changed[at] ^= 0x40;
            _log.WriteSegment(changed);
            Assert.Equal(Expected(2 + complete), _log.Read(out string? notice));
            Assert.NotNull(notice);
            byte[] zeroed = [.. whole];
            zeroed.AsSpan(at).Clear();
            _log.WriteSegment(zeroed);
            Assert.True(_log.Read(out _).Length <= 4);
        }
    }

    [Fact]
    public void Any_changed_bit_in_the_synced_part_stops_the_start()
    {
        byte[] whole = _log.FileWithTail(out int synced, out _);
        for (int at = 0; at < synced; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. whole];
                changed[at] ^= (byte)(1 << bit);
                _log.WriteSegment(changed);
                Assert.Throws<StorageException>(() => _log.Read(out _));
                Assert.Equal(changed, File.ReadAllBytes(_log.SegmentPath(0)));
            }
        }
    }

    [Fact]
    public void Zeroed_page_in_the_synced_part_stops_the_start()
    {
        using (WriteAheadLog log = _log.Open())
        {
            for (int i = 0; i < 100; i++) log.Append(new byte[500]);
            log.Sync();
            WalFolder.Append(log, "knows of the sync");
            log.Sync();
        }
        byte[] bytes = File.ReadAllBytes(_log.SegmentPath(0));
        bytes.AsSpan(4096, 4096).Clear();
        _log.WriteSegment(bytes);
        StorageException exception = Assert.Throws<StorageException>(() => _log.Read(out _));
        Assert.Contains("damaged", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_or_shortened_middle_segment_stops_the_start()
    {
        using (WriteAheadLog log = _log.Open())
        {
            for (int height = 1; height <= 4; height++)
            {
                log.StartSegment(height);
                WalFolder.Append(log, "first of " + height, "second of " + height);
            }
            log.Sync();
        }
        byte[] middle = File.ReadAllBytes(_log.SegmentPath(2));
        File.Delete(_log.SegmentPath(2));
        Assert.Throws<StorageException>(() => _log.Read(out _));
        int firstEnd = WalFolder.SegmentBytes("first of 2");
        foreach (int length in (int[])[0, 10, WalFolder.SegmentBytes(), firstEnd, middle.Length - 1])
        {
            File.WriteAllBytes(_log.SegmentPath(2), middle[..length]);
            Assert.Throws<StorageException>(() => _log.Read(out _));
        }
        File.WriteAllBytes(_log.SegmentPath(2), middle);
        Assert.Equal(8, _log.Read(out _).Length);
    }

    /// <summary>The last segment begins where none ends: its synced records must not be taken for a torn tail.</summary>
    [Fact]
    public void Missing_segment_before_the_last_stops_the_start_and_cuts_nothing()
    {
        using (WriteAheadLog log = _log.Open())
        {
            WalFolder.Append(log, "a");
            log.StartSegment(1);
            WalFolder.Append(log, "b");
            log.StartSegment(2);
            WalFolder.Append(log, "c");
            log.Sync();
        }
        File.Delete(_log.SegmentPath(1));
        byte[] last = File.ReadAllBytes(_log.SegmentPath(2));
        Assert.Throws<StorageException>(() => _log.Read(out _));
        Assert.Equal(last, File.ReadAllBytes(_log.SegmentPath(2)));
    }

    /// <summary>Each deletion may reach the disk or not: what is left has no gap.</summary>
    [Fact]
    public void Power_failure_while_segments_are_dropped_leaves_a_log_that_opens()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            SimulatedDisk disk = new();
            WriteAheadLog log = WriteAheadLog.Open(disk, "/wal", out _);
            for (int height = 1; height <= 4; height++)
            {
                log.StartSegment(height);
                WalFolder.Append(log, "height " + height);
            }
            log.Sync();
            disk.StopAt = disk.OperationCount + seed % 10;
            try
            {
                log.DropSegmentsBelow(4);
            }
            catch (SimulatedCrashException)
            {
            }
            disk.Crash(new Random(seed));
            using WriteAheadLog again = WriteAheadLog.Open(disk, "/wal", out WalContents contents);
            Assert.Equal("height 4", Encoding.ASCII.GetString(contents.Records[^1]));
        }
    }

    [Fact]
    public void Segment_under_another_name_stops_the_start()
    {
        using (WriteAheadLog log = _log.Open())
        {
            log.StartSegment(1);
            WalFolder.Append(log, "a");
            log.StartSegment(2);
            log.DropSegmentsBelow(1);
            log.Sync();
        }
        File.Move(_log.SegmentPath(1), _log.SegmentPath(0));
        Assert.Throws<StorageException>(() => _log.Read(out _));
    }

    /// <summary>A kill or power failure while a segment is begun leaves any part of its opening record.</summary>
    [Fact]
    public void Half_begun_segment_is_finished()
    {
        using (WriteAheadLog log = _log.Open())
        {
            WalFolder.Append(log, "a");
            log.StartSegment(5);
        }
        byte[] opening = File.ReadAllBytes(_log.SegmentPath(5));
        for (int length = 0; length < opening.Length; length++)
        {
            File.WriteAllBytes(_log.SegmentPath(5), opening[..length]);
            Assert.Equal(["a"], _log.Read(out string? notice));
            Assert.Equal(length == 0, notice is null);
            Assert.Equal(opening, File.ReadAllBytes(_log.SegmentPath(5)));
        }
    }

    [Fact]
    public void Half_begun_first_segment_is_finished()
    {
        _log.Open().Dispose();
        byte[] opening = File.ReadAllBytes(_log.SegmentPath(0));
        for (int length = 0; length < opening.Length; length++)
        {
            _log.WriteSegment(opening[..length]);
            Assert.Empty(_log.Read(out _));
            Assert.Equal(opening, File.ReadAllBytes(_log.SegmentPath(0)));
        }
    }

    [Fact]
    public void Record_inside_a_payload_does_not_count_as_a_record()
    {
        byte[] whole = _log.FileWithTail(out _, out _);
        using (WriteAheadLog log = WriteAheadLog.Open(new RealDisk(), _log.PathOf("other"), out _))
        {
            WalFolder.Append(log, "a");
            log.Append(whole);
            log.Sync();
        }
        string path = Path.Combine(_log.PathOf("other"), Path.GetFileName(_log.SegmentPath(0)));
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^(WalFolder.MarkBytes + 1)]);
        using WriteAheadLog again = WriteAheadLog.Open(new RealDisk(), _log.PathOf("other"), out WalContents contents);
        Assert.Single(contents.Records);
        Assert.NotNull(contents.Notice);
    }

    private static string[] Expected(int count) => ((string[])["a", "b", "c", "d"])[..count];
}
