using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using Chain.StateMachine.Store;

namespace Chain.Node.Mempool;

/// <summary>
/// The state of one tip with the values that were read of it, since many transactions ask for the same accounts. Bounded; safe for
/// many threads.
/// </summary>
internal sealed class CachedState(IStateReader inner) : IStateReader
{
    private const int ValuesMax = 50_000;

    private readonly ConcurrentDictionary<StateKey, byte[]?> _values = new();
    private int _count;

    public byte[]? Get(StoreId store, ReadOnlySpan<byte> key)
    {
        StateKey name = new(store, key);
        if (_values.TryGetValue(name, out byte[]? known)) return known;
        byte[]? value = inner.Get(store, key);
        if (Interlocked.Increment(ref _count) <= ValuesMax) _values.TryAdd(name, value);
        return value;
    }

    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(StoreId store, byte[] from, byte[] to) => inner.Range(store, from, to);
}
