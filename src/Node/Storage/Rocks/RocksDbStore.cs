using System;
using System.IO;
using System.Threading;
using Chain.Node.Storage.Disk;
using Chain.StateMachine.Store;
using RocksDbSharp;
using WriteBatch = Chain.StateMachine.Store.WriteBatch;

namespace Chain.Node.Storage.Rocks;

/// <summary>
/// The store on RocksDB: one column family for each column, named for it. Any thread may read while one writes and another
/// disposes: who comes late gets an <see cref="ObjectDisposedException"/>. After <see cref="Dispose"/> nothing more can be
/// done with the store, its iterators or its snapshots, and the files are released as soon as the last running call,
/// iterator and snapshot is done. All methods throw <see cref="StorageException"/> where the disk or the files fail.
/// </summary>
public sealed class RocksDbStore : IKeyValueStore
{
    private readonly RocksDatabase _database;

    /// <summary>
    /// The first write that failed. The library tries to recover by itself, and takes later batches when it has: the failed
    /// one would be missing between two that are there. So nothing more is written until the database is opened again.
    /// </summary>
    private volatile RocksDbException? _failure;

    private RocksDbStore(RocksDatabase database, string? notice) => (_database, Notice) = (database, notice);

    /// <summary>What was found at the opening that the operator should know; null for nothing.</summary>
    public string? Notice { get; }

    /// <summary>
    /// Opens the database in a folder, or creates both. After a power failure all synced batches are there, and of the others
    /// the oldest without a gap. One process at a time.
    /// </summary>
    public static RocksDbStore Open(string directory) => Open(directory, adjust: null);

    /// <summary>
    /// Begins to load the native library on another thread, for a program that will open a store: the package binds all of
    /// its 2,000 functions at first use, which takes a third of a second of one core.
    /// </summary>
    public static void Preload() => new Thread(RocksLibrary.Preload) { IsBackground = true }.Start();

    internal static RocksDbStore Open(string directory, RocksOptions.Adjust? adjust)
    {
        string full = Path.GetFullPath(directory);
        string? notice;
        try
        {
            new RealDisk().CreateDirectory(full);
            CheckNotGutted(full);
            RocksManifest.Check(full);
            notice = RocksLogs.Check(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"The database folder {full} cannot be used", exception.Message, "Correct the folder's owner and mode", exception);
        }
        return new RocksDbStore(RocksOptions.Open(full, adjust), notice);
    }

    public byte[]? Get(Column column, ReadOnlySpan<byte> key)
    {
        CheckOpen();
        return _database.Get(column, key);
    }

    public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false)
    {
        CheckOpen();
        return new RocksIterator(_database, _database.Reference, new ReadOptions(), column, from, to, descending);
    }

    /// <summary>As the port says. An empty batch with <paramref name="sync"/> makes all earlier ones durable.</summary>
    public void Write(WriteBatch batch, bool sync)
    {
        CheckOpen();
        if (_failure is { } failure) throw RocksErrors.Of("The database cannot be written", failure);
        using RocksReference<RocksDb>.Use use = _database.Reference.Acquire();
        try
        {
            if (batch.Count == 0)
            {
                if (sync) RocksNative.SyncLog(use.Target);
                return;
            }
            using RocksDbSharp.WriteBatch native = Convert(batch);
            _database.Write(use.Target, native, sync);
        }
        catch (RocksDbException exception)
        {
            _failure = exception;
            throw RocksErrors.Of("The database cannot be written", exception);
        }
    }

    public IKeyValueSnapshot Snapshot()
    {
        CheckOpen();
        return new RocksSnapshot(_database);
    }

    /// <summary>
    /// Reads every row, so that the library compares each block of each table with its checksum: the cold ones may have decayed
    /// unseen. Throws <see cref="StorageException"/> at the first that differs.
    /// </summary>
    /// <returns>How many rows there are.</returns>
    public long CheckRows()
    {
        long rows = 0;
        foreach (Column column in Enum.GetValues<Column>())
        {
            using IKeyValueIterator walk = Iterate(column, default, default);
            while (walk.MoveNext()) rows++;
        }
        return rows;
    }

    public void Dispose() => _database.Dispose();

    private void CheckOpen() => ObjectDisposedException.ThrowIf(_database.IsDisposed, this);

    /// <summary>A number that the library tells of a column, under one of its names.</summary>
    internal long Property(Column column, string name)
    {
        using RocksReference<RocksDb>.Use use = _database.Reference.Acquire();
        return _database.Property(use.Target, column, name);
    }

    /// <summary>Valid while the caller holds a reference to the database.</summary>
    private RocksDbSharp.WriteBatch Convert(WriteBatch batch)
    {
        RocksDbSharp.WriteBatch native = new();
        foreach (((Column column, byte[] key), byte[]? value) in batch.Changes)
        {
            if (value is null) native.Delete(key, _database.Family(column));
            else native.Put(key, value, _database.Family(column));
        }
        return native;
    }

    /// <summary>Without its CURRENT file RocksDB would take the folder for an empty one and start a new database over the old.</summary>
    private static void CheckNotGutted(string directory)
    {
        if (File.Exists(Path.Combine(directory, "CURRENT"))) return;
        foreach (string pattern in (ReadOnlySpan<string>)["*.sst", "*.log"])
        {
            if (Directory.GetFiles(directory, pattern).Length == 0) continue;
            throw new StorageException(
                $"The database {directory} is damaged", "its file CURRENT is missing while data files are there",
                "Bring the folder back from a backup, or sync the node anew");
        }
    }
}
