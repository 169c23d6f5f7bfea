using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Chain.Node.Storage;
using Chain.Node.Storage.Rocks;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Storage;

public sealed class RocksDbStoreTests : StoreSuite
{
    private const string ChildFolderVariable = "CHAIN_TEST_OPEN_STORE";
    private readonly TempFolder _folder = new();
    private int _created;

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }

    protected override IKeyValueStore Create() => RocksDbStore.Open(_folder.PathOf($"above/db{_created++}"));

    [Fact]
    public void Reopened_store_holds_what_was_written()
    {
        byte[] large = new byte[3_000_000];
        large[^1] = 7;
        using (RocksDbStore store = Open())
        {
            Write(store, batch => batch.Put(Column.Blocks, Bytes("block"), large), sync: true);
            Write(store, batch => batch.Put(Column.State, Bytes("a"), Bytes("unsynced")));
            store.Write(new WriteBatch(), sync: true);
        }
        using RocksDbStore again = Open();
        Assert.Equal(large, again.Get(Column.Blocks, Bytes("block")));
        Assert.Equal(Bytes("unsynced"), again.Get(Column.State, Bytes("a")));
    }

    [Fact]
    public void Batch_beyond_the_memtables_is_whole_after_reopening()
    {
        using (RocksDbStore store = Open())
        {
            for (int round = 0; round < 5; round++)
            {
                Write(store, batch =>
                {
                    for (int i = 0; i < 10_000; i++)
                    {
                        byte[] key = BitConverter.GetBytes(i + 10_000 * round);
                        batch.Put(Column.Nodes, key, new byte[600]);
                        batch.Put(Column.State, key, new byte[300]);
                    }
                });
            }
        }
        using RocksDbStore again = Open();
        foreach (Column column in (Column[])[Column.Nodes, Column.State])
        {
            int count = 0;
            using IKeyValueIterator walk = again.Iterate(column, [], []);
            while (walk.MoveNext()) count++;
            Assert.Equal(50_000, count);
        }
    }

    [Fact]
    public void Second_open_in_the_same_process_is_refused()
    {
        using RocksDbStore store = Open();
        StorageException exception = Assert.Throws<StorageException>(Open);
        Assert.Contains("Another node", exception.Message, StringComparison.Ordinal);
        Write(store, batch => batch.Put(Column.Local, [1], [1]), sync: true);
    }

    [Fact]
    public void Second_process_is_refused()
    {
        using RocksDbStore store = Open();
        string program = Path.ChangeExtension(typeof(RocksDbStoreTests).Assembly.Location, null);
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(RocksDbStoreTests).FullName}.{nameof(Child_process_tries_to_open)}");
        start.Environment[ChildFolderVariable] = _folder.PathOf("db");
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, output);
        Assert.Contains("Another node", File.ReadAllText(_folder.PathOf("db-child")), StringComparison.Ordinal);
    }

    [Fact]
    public void Child_process_tries_to_open()
    {
        string? folder = Environment.GetEnvironmentVariable(ChildFolderVariable);
        // Only the test above sets it, for the process that it starts.
        if (folder is null) return;
        StorageException exception = Assert.Throws<StorageException>(() => RocksDbStore.Open(folder));
        File.WriteAllText(folder + "-child", exception.Message);
    }

    [Fact]
    public void Disposed_store_refuses_its_iterators_and_snapshots_and_opens_again_once_they_are_gone()
    {
        RocksDbStore store = Open();
        Write(store, batch => batch.Put(Column.State, [1], [1]));
        IKeyValueIterator walk = store.Iterate(Column.State, [], []);
        IKeyValueSnapshot snapshot = store.Snapshot();
        IKeyValueIterator inner = snapshot.Iterate(Column.State, [], []);
        Assert.True(walk.MoveNext());
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => walk.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => walk.Key.Length);
        Assert.Throws<ObjectDisposedException>(() => inner.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => snapshot.Get(Column.State, [1]));
        Assert.Throws<StorageException>(Open);
        walk.Dispose();
        snapshot.Dispose();
        inner.Dispose();
        inner.Dispose();
        Open().Dispose();
    }

    [Fact]
    public void Forgotten_iterators_and_snapshots_do_not_abort_the_process()
    {
        LeaveOpen(_folder.PathOf("db"));
        for (int i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Open().Dispose();
    }

    [Fact]
    public void Readers_and_a_writer_survive_disposal_at_any_moment()
    {
        for (int round = 0; round < 12; round++)
        {
            RocksDbStore store = RocksDbStore.Open(_folder.PathOf($"race{round}"));
            List<Exception> unexpected = [];
            List<Thread> threads = [];
            for (int i = 0; i < 4; i++)
            {
                Action work = i switch { 0 => () => WriteOnce(store), 1 => () => GetOnce(store), 2 => () => WalkOnce(store), _ => () => SnapshotOnce(store) };
                Thread thread = new(() => RunUntilDisposed(work, unexpected));
                threads.Add(thread);
                thread.Start();
            }
            Thread.Sleep(5 + 5 * round);
            store.Dispose();
            threads.ForEach(thread => thread.Join());
            Assert.Empty(unexpected);
        }
    }

    [Fact]
    public void Damaged_manifest_is_reported()
    {
        Open().Dispose();
        foreach (string manifest in Directory.GetFiles(_folder.PathOf("db"), "MANIFEST-*"))
        {
            byte[] bytes = File.ReadAllBytes(manifest);
            bytes[10] ^= 1;
            File.WriteAllBytes(manifest, bytes);
        }
        StorageException exception = Assert.Throws<StorageException>(Open);
        Assert.Contains("backup", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Store_without_its_current_file_is_not_taken_for_an_empty_one()
    {
        using (RocksDbStore store = Open()) Write(store, batch => batch.Put(Column.State, [1], [1]), sync: true);
        File.Delete(Path.Combine(_folder.PathOf("db"), "CURRENT"));
        StorageException exception = Assert.Throws<StorageException>(Open);
        Assert.Contains("CURRENT", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_that_is_a_file_is_reported()
    {
        File.WriteAllText(_folder.PathOf("db"), "");
        Assert.Throws<StorageException>(Open);
    }

    /// <summary>The small disk is full while the log is written, the larger one while a memtable goes to a file.</summary>
    [Theory]
    [InlineData("6m", 200_000, true)]
    [InlineData("60m", 1_000_000, true)]
    [InlineData("60m", 1_000_000, false)]
    public void Full_disk_is_reported_and_what_was_written_before_stays(string size, int valueBytes, bool sync)
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(_folder.PathOf("disk"), size);
        string directory = Path.Combine(disk.Root, "db");
        byte[] value = new byte[valueBytes];
        new Random(7).NextBytes(value);
        int written = 0;
        using (RocksDbStore store = RocksDbStore.Open(directory))
        {
            StorageException exception = Assert.Throws<StorageException>(() =>
            {
                for (; written < 200; written++)
                {
                    Write(store, batch => batch.Put(Column.Blocks, [(byte)written], value), sync);
                }
            });
            Assert.Contains("disk is full", exception.Message, StringComparison.Ordinal);
            for (int i = 0; i < 5; i++)
            {
                Assert.Throws<StorageException>(() => Write(store, batch => batch.Put(Column.Blocks, [255], value), sync));
            }
            Assert.Equal(value, store.Get(Column.Blocks, [0]));
        }
        Assert.InRange(written, 5, 199);
        disk.Grow("300m");
        using RocksDbStore again = RocksDbStore.Open(directory);
        for (int i = 0; i < written; i++) Assert.Equal(value, again.Get(Column.Blocks, [(byte)i]));
        Assert.Null(again.Get(Column.Blocks, [255]));
    }

    /// <summary>The library recovers by itself some seconds after there is room again; the batch that failed would then be a gap.</summary>
    [Fact]
    public void Full_disk_that_has_room_again_takes_no_write_before_the_store_is_opened_anew()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(_folder.PathOf("disk"), "60m");
        string directory = Path.Combine(disk.Root, "db");
        byte[] value = new byte[1_000_000];
        new Random(8).NextBytes(value);
        using (RocksDbStore store = RocksDbStore.Open(directory))
        {
            Assert.Throws<StorageException>(() =>
            {
                for (byte i = 0; i < 200; i++) Write(store, batch => batch.Put(Column.Blocks, [i], value));
            });
            disk.Grow("300m");
            for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(8); Thread.Sleep(100))
            {
                StorageException exception = Assert.Throws<StorageException>(() => Write(store, batch => batch.Put(Column.Local, [1], [1])));
                Assert.Contains("disk is full", exception.Message, StringComparison.Ordinal);
                Assert.Throws<StorageException>(() => store.Write(new WriteBatch(), sync: true));
            }
        }
        using RocksDbStore again = RocksDbStore.Open(directory);
        Write(again, batch => batch.Put(Column.Local, [1], [1]), sync: true);
        Assert.Equal(value, again.Get(Column.Blocks, [0]));
    }

    /// <summary>Eight families, one cache and one budget of memtables: more of them must not mean more memory.</summary>
    [Fact]
    public void Memory_is_bounded_for_all_columns_together()
    {
        const int Rows = 30_000;
        using RocksDbStore store = Open();
        Random random = new(9);
        byte[] value = new byte[600];
        long most = 0;
        for (int from = 0; from < Rows; from += 1000)
        {
            Write(store, batch =>
            {
                for (int i = from; i < from + 1000; i++)
                {
                    random.NextBytes(value);
                    foreach (Column column in Enum.GetValues<Column>()) batch.Put(column, BitConverter.GetBytes(i), value);
                }
            });
            long memtables = 0;
            foreach (Column column in Enum.GetValues<Column>()) memtables += store.Property(column, "rocksdb.cur-size-active-mem-table");
            most = Math.Max(most, memtables);
            // A column that is being flushed is passed over when the budget asks for the next flush: how far it is passed then is the disk's.
            WaitForFlushes(store);
        }
        // A batch (5 MB) may pass the budget before the flush that it causes.
        Assert.InRange(most, 8_000_000, (24 + 6) * 1024 * 1024);
        foreach (Column column in Enum.GetValues<Column>())
        {
            for (int i = 0; i < Rows; i++) store.Get(column, BitConverter.GetBytes(i));
        }
        long used = store.Property(Column.State, "rocksdb.block-cache-usage");
        Assert.InRange(used, 32 * 1024 * 1024, 65 * 1024 * 1024);
        foreach (Column column in Enum.GetValues<Column>())
        {
            Assert.Equal(64 * 1024 * 1024, store.Property(column, "rocksdb.block-cache-capacity"));
            Assert.Equal(used, store.Property(column, "rocksdb.block-cache-usage"));
        }
    }

    private RocksDbStore Open() => RocksDbStore.Open(_folder.PathOf("db"));

    private static void WaitForFlushes(RocksDbStore store)
    {
        bool IsWritten(Column column) => store.Property(column, "rocksdb.num-immutable-mem-table") == 0;
        Assert.True(SpinWait.SpinUntil(() => Array.TrueForAll(Enum.GetValues<Column>(), IsWritten), TimeSpan.FromMinutes(1)), "a flush did not end");
    }

    private static void LeaveOpen(string directory)
    {
        RocksDbStore store = RocksDbStore.Open(directory);
        store.Iterate(Column.State, [1], [2]).MoveNext();
        store.Snapshot().Iterate(Column.State, [], []).MoveNext();
    }

    private static void RunUntilDisposed(Action work, List<Exception> unexpected)
    {
        try
        {
            while (true) work();
        }
        catch (ObjectDisposedException)
        {
            // What the test waits for.
        }
        catch (Exception exception)
        {
            lock (unexpected) unexpected.Add(exception);
        }
    }

    private static void WriteOnce(RocksDbStore store) => Write(store, batch =>
    {
        for (int i = 0; i < 100; i++) batch.Put(Column.State, [(byte)i], new byte[100]);
    });

    private static void GetOnce(RocksDbStore store) => Assert.NotEqual(1, store.Get(Column.State, [5])?.Length);

    private static void WalkOnce(RocksDbStore store)
    {
        int bytes = 0;
        using IKeyValueIterator walk = store.Iterate(Column.State, [10], [90], descending: true);
        while (walk.MoveNext()) bytes += walk.Key.Length + walk.Value.Length;
        Assert.Equal(0, bytes % 101);
    }

    private static void SnapshotOnce(RocksDbStore store)
    {
        using IKeyValueSnapshot snapshot = store.Snapshot();
        using IKeyValueIterator walk = snapshot.Iterate(Column.State, [], []);
        while (walk.MoveNext()) Assert.Equal(walk.Value.ToArray(), snapshot.Get(Column.State, walk.Key));
    }
}
