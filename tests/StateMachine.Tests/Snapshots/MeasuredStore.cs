using System;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tests.Snapshots;

/// <summary>A memory store that knows how large the batches were that it got, in bytes of keys and values.</summary>
internal sealed class MeasuredStore : IKeyValueStore
{
    private readonly MemoryStore _store = new();

    public long LargestBatch { get; private set; }

    public long AllBatches { get; private set; }

    public byte[]? Get(Column column, ReadOnlySpan<byte> key) => _store.Get(column, key);

    public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false) =>
        _store.Iterate(column, from, to, descending);

    public void Write(WriteBatch batch, bool sync)
    {
        long bytes = 0;
        foreach (((Column _, byte[] key), byte[]? value) in batch.Changes) bytes += key.Length + (value?.Length ?? 0);
        LargestBatch = Math.Max(LargestBatch, bytes);
        AllBatches += bytes;
        _store.Write(batch, sync);
    }

    public IKeyValueSnapshot Snapshot() => _store.Snapshot();

    public void Dispose() => _store.Dispose();
}
