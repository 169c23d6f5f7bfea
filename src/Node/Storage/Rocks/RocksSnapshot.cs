using System;
using Chain.StateMachine.Store;

namespace Chain.Node.Storage.Rocks;

/// <summary>The database as it was at one moment.</summary>
internal sealed class RocksSnapshot(RocksDatabaseHandle database, RocksSnapshotHandle handle) : IKeyValueSnapshot
{
    private volatile bool _isDisposed;

    public byte[]? Get(Column column, ReadOnlySpan<byte> key)
    {
        CheckOpen();
        return RocksReads.Get(handle, database, handle.ReadOptions, column, key);
    }

    public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false)
    {
        CheckOpen();
        return RocksReads.Iterate(handle, database, handle.DangerousGetHandle(), column, from, to, descending);
    }

    public void Dispose()
    {
        _isDisposed = true;
        handle.Dispose();
    }

    private void CheckOpen() => ObjectDisposedException.ThrowIf(_isDisposed || database.IsDisposed, this);
}
