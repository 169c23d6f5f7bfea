using System;
using System.Threading;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Rpc;

/// <summary>The memory store for one writer and many readers; an iterator of it is a copy, so the lock ends with the call.</summary>
internal sealed class LockedStore : IKeyValueStore
{
    private readonly MemoryStore _store = new();
    private readonly Lock _gate = new();

    public byte[]? Get(Column column, ReadOnlySpan<byte> key)
    {
        lock (_gate) return _store.Get(column, key);
    }

    public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false)
    {
        lock (_gate) return _store.Iterate(column, from, to, descending);
    }

    public void Write(WriteBatch batch, bool sync)
    {
        lock (_gate) _store.Write(batch, sync);
    }

    public IKeyValueSnapshot Snapshot()
    {
        lock (_gate) return _store.Snapshot();
    }

    public void Dispose() => _store.Dispose();
}
