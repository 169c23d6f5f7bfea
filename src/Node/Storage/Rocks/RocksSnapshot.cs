using System;
using Chain.StateMachine.Store;
using RocksDbSharp;

namespace Chain.Node.Storage.Rocks;

/// <summary>The database as it was at one moment.</summary>
internal sealed class RocksSnapshot : IKeyValueSnapshot
{
    private readonly RocksDatabase _database;
    private readonly RocksReference<Snapshot> _reference;
    private readonly ReadOptions _options = new();
    private volatile bool _isDisposed;

    public RocksSnapshot(RocksDatabase database)
    {
        _database = database;
        using RocksReference<RocksDb>.Use use = database.Reference.Acquire();
        RocksDb opened = use.Target;
        _reference = new RocksReference<Snapshot>(database.Reference, opened.CreateSnapshot);
        using RocksReference<Snapshot>.Use snapshot = _reference.Acquire();
        _options.SetSnapshot(snapshot.Target);
    }

    public byte[]? Get(Column column, ReadOnlySpan<byte> key)
    {
        CheckOpen();
        using RocksReference<Snapshot>.Use use = _reference.Acquire();
        return _database.Get(column, key, _options);
    }

    public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false)
    {
        CheckOpen();
        using RocksReference<Snapshot>.Use use = _reference.Acquire();
        return new RocksIterator(_database, _reference, new ReadOptions().SetSnapshot(use.Target), column, from, to, descending);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _reference.Dispose();
    }

    private void CheckOpen() => ObjectDisposedException.ThrowIf(_isDisposed || _database.IsDisposed, this);
}
