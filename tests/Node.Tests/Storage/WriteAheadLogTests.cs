using System;
using System.IO;
using System.Text;
using Chain.Node.Storage;
using Chain.Node.Storage.Disk;
using Chain.Node.Storage.Wal;
using Chain.Primitives;

namespace Chain.Node.Tests.Storage;

public sealed class WriteAheadLogTests : IDisposable
{
    private readonly WalFolder _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void New_log_is_empty_and_makes_its_folder()
    {
        using WriteAheadLog log = WriteAheadLog.Open(new RealDisk(), _log.PathOf("above/wal"), out WalContents contents);
        Assert.Empty(contents.Records);
        Assert.Null(contents.Notice);
        Assert.Equal(0, log.Height);
        Assert.True(log.IsSynced);
    }

    [Fact]
    public void Reopened_log_holds_its_records_in_order_over_several_segments()
    {
        byte[] large = new byte[1_000_000];
        new Random(3).NextBytes(large);
        using (WriteAheadLog log = _log.Open())
        {
            WalFolder.Append(log, "a", "b");
            log.StartSegment(7);
            log.StartSegment(8);
            WalFolder.Append(log, "c");
            log.Append(large);
            log.StartSegment(9);
            WalFolder.Append(log, "d");
            log.Sync();
        }
        using WriteAheadLog again = WriteAheadLog.Open(new RealDisk(), _log.PathOf("wal"), out WalContents contents);
        Assert.Null(contents.Notice);
        Assert.Equal(5, contents.Records.Count);
        Assert.Equal(large, contents.Records[3]);
        Assert.Equal("d", Encoding.ASCII.GetString(contents.Records[4]));
        Assert.Equal(9, again.Height);
    }

    [Fact]
    public void Sync_works_only_where_something_is_unsynced()
    {
        using WriteAheadLog log = _log.Open();
        log.Sync();
        Assert.Equal(0, log.SyncCount);
        WalFolder.Append(log, "a", "b");
        Assert.False(log.IsSynced);
        log.Sync();
        log.Sync();
        Assert.True(log.IsSynced);
        Assert.Equal(1, log.SyncCount);
        WalFolder.Append(log, "c");
        log.StartSegment(1);
        Assert.True(log.IsSynced);
        Assert.Equal(2, log.SyncCount);
    }

    [Fact]
    public void Written_records_outlive_the_process_without_a_sync()
    {
        using (WriteAheadLog log = _log.Open())
        {
            WalFolder.Append(log, "a");
            log.Write();
            Assert.False(log.IsSynced);
            Assert.Equal(0, log.SyncCount);
            WalFolder.Append(log, "never written");
        }
        Assert.Equal(["a"], _log.Read(out string? notice));
        Assert.Null(notice);
    }

    [Fact]
    public void Records_go_on_after_reopening()
    {
        for (int i = 0; i < 5; i++)
        {
            using WriteAheadLog log = WriteAheadLog.Open(new RealDisk(), _log.PathOf("wal"), out WalContents contents);
            Assert.Equal(i, contents.Records.Count);
            WalFolder.Append(log, "record " + i);
            log.Sync();
        }
    }

    [Fact]
    public void Dropped_segments_are_gone_and_the_rest_opens()
    {
        using (WriteAheadLog log = _log.Open())
        {
            for (int height = 1; height <= 5; height++)
            {
                log.StartSegment(height);
                WalFolder.Append(log, "height " + height);
            }
            log.DropSegmentsBelow(3);
            Assert.Equal(3, Directory.GetFiles(_log.PathOf("wal")).Length);
            log.Sync();
        }
        Assert.Equal(["height 3", "height 4", "height 5"], _log.Read(out _));
        using (WriteAheadLog log = _log.Open()) log.DropSegmentsBelow(100);
        Assert.Equal(["height 5"], _log.Read(out _));
    }

    [Fact]
    public void Only_segment_left_opens_also_when_nothing_was_appended_to_it()
    {
        using (WriteAheadLog log = _log.Open())
        {
            WalFolder.Append(log, "a");
            log.StartSegment(4);
            log.DropSegmentsBelow(4);
        }
        Assert.Empty(_log.Read(out string? notice));
        Assert.Null(notice);
    }

    [Fact]
    public void Unsynced_records_are_lost_by_a_kill_and_nothing_else()
    {
        using (WriteAheadLog log = _log.Open())
        {
            WalFolder.Append(log, "a");
            log.Sync();
            WalFolder.Append(log, "b");
        }
        Assert.Equal(["a"], _log.Read(out string? notice));
        Assert.Null(notice);
    }

    [Fact]
    public void Second_open_is_refused()
    {
        using WriteAheadLog log = _log.Open();
        Assert.Throws<StorageException>(_log.Open);
        WalFolder.Append(log, "a");
        log.Sync();
    }

    [Fact]
    public void Misuse_is_refused()
    {
        WriteAheadLog log = _log.Open();
        Assert.Throws<InvariantException>(() => log.Append([]));
        log.StartSegment(3);
        Assert.Throws<InvariantException>(() => log.StartSegment(2));
        log.Dispose();
        Assert.Throws<ObjectDisposedException>(() => log.Append([1]));
        Assert.Throws<ObjectDisposedException>(log.Sync);
        Assert.Throws<ObjectDisposedException>(() => log.StartSegment(4));
        Assert.Throws<ObjectDisposedException>(() => log.DropSegmentsBelow(4));
    }

    [Fact]
    public void Full_disk_is_reported_and_synced_records_stay()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(_log.PathOf("disk"), "1m");
        int synced = 0;
        using (WriteAheadLog log = WriteAheadLog.Open(new RealDisk(), disk.Root, out _))
        {
            Assert.Throws<StorageException>(() =>
            {
                for (; synced < 100; synced++)
                {
                    log.Append(new byte[50_000]);
                    log.Sync();
                }
            });
            Assert.Throws<StorageException>(() => log.Append([1]));
        }
        Assert.InRange(synced, 10, 30);
        using WriteAheadLog again = WriteAheadLog.Open(new RealDisk(), disk.Root, out WalContents contents);
        Assert.InRange(contents.Records.Count, synced, synced + 1);
    }
}
