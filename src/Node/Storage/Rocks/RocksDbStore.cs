using System;
using System.IO;
using Chain.Node.Storage.Disk;
using Chain.StateMachine.Store;

namespace Chain.Node.Storage.Rocks;

/// <summary>
/// The store on RocksDB: one column family for each column, named for it. Any thread may read while one writes and another
/// disposes: who comes late gets an <see cref="ObjectDisposedException"/>. After <see cref="Dispose"/> nothing more can be
/// done with the store, its iterators or its snapshots, and the files are released as soon as the last running call,
/// iterator and snapshot is done. All methods throw <see cref="StorageException"/> where the disk or the files fail.
/// </summary>
public sealed unsafe class RocksDbStore : IKeyValueStore
{
    private readonly RocksDatabaseHandle _handle;

    private RocksDbStore(RocksDatabaseHandle handle, string? notice) => (_handle, Notice) = (handle, notice);

    /// <summary>What was found at the opening that the operator should know; null for nothing.</summary>
    public string? Notice { get; }

    /// <summary>
    /// Opens the database in a folder, or creates both. After a power failure all synced batches are there, and of the others
    /// the oldest without a gap. One process at a time.
    /// </summary>
    public static RocksDbStore Open(string directory) => Open(directory, adjust: null);

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
        return RocksReads.Get(_handle, _handle, _handle.ReadOptions, column, key);
    }

    public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false)
    {
        CheckOpen();
        return RocksReads.Iterate(_handle, _handle, 0, column, from, to, descending);
    }

    /// <summary>As the port says. An empty batch with <paramref name="sync"/> makes all earlier ones durable.</summary>
    public void Write(WriteBatch batch, bool sync)
    {
        CheckOpen();
        byte* error = null;
        if (batch.Count == 0)
        {
            if (sync) LibRocksDb.FlushWal(_handle, 1, &error);
        }
        else
        {
            byte[] bytes = RocksBatch.Encode(batch, _handle.FamilyIds);
            nint native;
            fixed (byte* start = bytes) native = LibRocksDb.WriteBatchCreateFrom(start, (nuint)bytes.Length);
            try
            {
                LibRocksDb.Write(_handle, sync ? _handle.SyncOptions : _handle.WriteOptions, native, &error);
            }
            finally
            {
                LibRocksDb.WriteBatchDestroy(native);
            }
        }
        RocksErrors.ThrowIfSet(error, "The database cannot be written");
    }

    public IKeyValueSnapshot Snapshot()
    {
        CheckOpen();
        return new RocksSnapshot(_handle, new RocksSnapshotHandle(_handle));
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

    public void Dispose() => _handle.Dispose();

    private void CheckOpen() => ObjectDisposedException.ThrowIf(_handle.IsDisposed, this);

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
