using System;
using System.Globalization;
using System.Threading;
using Chain.StateMachine.Store;
using RocksDbSharp;

namespace Chain.Node.Storage.Rocks;

/// <summary>An open database with its column families, and the reads that the store and its snapshots share.</summary>
internal sealed class RocksDatabase(RocksDb database, ColumnFamilyHandle[] families) : IDisposable
{
    private const int StallWaitMs = 2;

    private readonly WriteOptions _buffered = RocksNative.SetNoSlowdown(new WriteOptions());
    private readonly WriteOptions _synced = RocksNative.SetNoSlowdown(new WriteOptions().SetSync(true));
    private volatile bool _isDisposed;

    /// <summary>Iterators and snapshots each hold a reference, as does every call while it runs.</summary>
    public RocksReference<RocksDb> Reference { get; } = new(parent: null, () => database);

    /// <summary>True from the call of Dispose on, while the close waits for the last reference.</summary>
    public bool IsDisposed => _isDisposed;

    /// <summary>Valid while the caller holds a reference.</summary>
    public ColumnFamilyHandle Family(Column column) => families[(int)column];

    /// <param name="options">What names a snapshot; null for the newest state.</param>
    public byte[]? Get(Column column, ReadOnlySpan<byte> key, ReadOptions? options = null)
    {
        using RocksReference<RocksDb>.Use use = Reference.Acquire();
        try
        {
            return use.Target.Get(key, Family(column), options);
        }
        catch (RocksDbException exception)
        {
            throw RocksErrors.Of("The database cannot be read", exception);
        }
        finally
        {
            // The package reads the handle alone, and a finalizer frees it.
            GC.KeepAlive(options);
        }
    }

    /// <summary>
    /// Writes a batch, and waits while flushes or compactions are behind. The library's own wait has no end when one of them
    /// found the disk full: it waits for room, and so would the node, without a word.
    /// </summary>
    public void Write(RocksDb opened, RocksDbSharp.WriteBatch batch, bool sync)
    {
        while (true)
        {
            try
            {
                opened.Write(batch, sync ? _synced : _buffered);
                GC.KeepAlive(this);
                return;
            }
            catch (RocksDbException exception) when (RocksErrors.IsStall(exception))
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                if (Property(opened, default, "rocksdb.background-errors") > 0) throw;
            }
            Thread.Sleep(StallWaitMs);
        }
    }

    /// <summary>A number that the library tells of a column, under one of its names.</summary>
    public long Property(RocksDb opened, Column column, string name) =>
        long.Parse(opened.GetProperty(name, Family(column)), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _isDisposed = true;
        Reference.Dispose();
    }
}
