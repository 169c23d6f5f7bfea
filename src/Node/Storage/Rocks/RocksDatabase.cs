using System;
using Chain.StateMachine.Store;
using RocksDbSharp;

namespace Chain.Node.Storage.Rocks;

/// <summary>An open database with its column families, and the reads that the store and its snapshots share.</summary>
internal sealed class RocksDatabase(RocksDb database, ColumnFamilyHandle[] families) : IDisposable
{
    private volatile bool _isDisposed;

    /// <summary>Iterators and snapshots each hold a reference, as does every call while it runs.</summary>
    public RocksReference<RocksDb> Reference { get; } = new(parent: null, () => database);

    public WriteOptions Buffered { get; } = new();

    public WriteOptions Synced { get; } = new WriteOptions().SetSync(true);

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

    public void Dispose()
    {
        _isDisposed = true;
        Reference.Dispose();
    }
}
