using System;
using System.Threading;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Peers;

/// <summary>Counts what is read.</summary>
internal sealed class CountingReader(IKeyValueReader inner) : IKeyValueReader
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public byte[]? Get(Column column, ReadOnlySpan<byte> key)
    {
        Interlocked.Increment(ref _count);
        return inner.Get(column, key);
    }

    public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false)
    {
        Interlocked.Increment(ref _count);
        return inner.Iterate(column, from, to, descending);
    }
}
