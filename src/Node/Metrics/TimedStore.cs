using System;
using Chain.StateMachine.Store;

namespace Chain.Node.Metrics;

/// <summary>A store that measures its writes. It does not own the one inside.</summary>
public sealed class TimedStore(IKeyValueStore inner, Histogram seconds, TimeProvider time) : IKeyValueStore
{
    public byte[]? Get(Column column, ReadOnlySpan<byte> key) => inner.Get(column, key);

    public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false) =>
        inner.Iterate(column, from, to, descending);

    public void Write(WriteBatch batch, bool sync)
    {
        long started = time.GetTimestamp();
        inner.Write(batch, sync);
        seconds.Observe(time.GetElapsedTime(started).TotalSeconds);
    }

    public IKeyValueSnapshot Snapshot() => inner.Snapshot();

    public void Dispose() { }
}
