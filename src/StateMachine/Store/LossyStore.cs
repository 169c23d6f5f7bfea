using System;
using System.Collections.Generic;
using Chain.Primitives;

namespace Chain.StateMachine.Store;

/// <summary>
/// A memory store that forgets as a database does when the power fails: batches that were written without sync may be lost,
/// always from the newest backwards, never one from the middle. A synced write makes all earlier ones durable.
/// </summary>
public sealed class LossyStore : IKeyValueStore
{
    private readonly MemoryStore _store = new();

    /// <summary>For each batch since the last sync, oldest first, what its keys held before it.</summary>
    private readonly List<WriteBatch> _undo = [];
    private bool _disposed;

    /// <summary>Batches that a power failure could lose.</summary>
    public int UnsyncedCount => _undo.Count;

    public byte[]? Get(Column column, ReadOnlySpan<byte> key)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _store.Get(column, key);
    }

    public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _store.Iterate(column, from, to, descending);
    }

    public IKeyValueSnapshot Snapshot()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _store.Snapshot();
    }

    public void Write(WriteBatch batch, bool sync)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!sync && batch.Count > 0) _undo.Add(OldValues(batch));
        _store.Write(batch, sync);
        if (sync) _undo.Clear();
    }

    /// <summary>
    /// The power fails and the store is opened again, also after <see cref="Dispose"/>: of the unsynced batches the oldest
    /// <paramref name="kept"/> happened to reach the disk, the others are gone.
    /// </summary>
    public void LoseUnsynced(int kept = 0)
    {
        Invariant.Holds(kept >= 0 && kept <= _undo.Count, "a power failure keeps some of the unsynced batches");
        for (int i = _undo.Count - 1; i >= kept; i--) _store.Write(_undo[i], sync: false);
        _undo.Clear();
        _disposed = false;
    }

    public void Dispose() => _disposed = true;

    private WriteBatch OldValues(WriteBatch batch)
    {
        WriteBatch old = new();
        foreach (((Column column, byte[] key), byte[]? _) in batch.Changes)
        {
            byte[]? value = _store.Get(column, key);
            if (value is null) old.Delete(column, key);
            else old.Put(column, key, value);
        }
        return old;
    }
}
