using System;
using System.Collections.Generic;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tests.Execution;

/// <summary>A flat state in memory: execution never needs the tree.</summary>
internal sealed class MemoryState : IStateReader
{
    private readonly SortedDictionary<StateKey, byte[]> _values;

    public MemoryState() => _values = [];

    public MemoryState(MemoryState copied) => _values = new SortedDictionary<StateKey, byte[]>(copied._values);

    public IReadOnlyDictionary<StateKey, byte[]> All => _values;

    public byte[]? Get(StoreId store, ReadOnlySpan<byte> key) => _values.GetValueOrDefault(new StateKey(store, key));

    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(StoreId store, byte[] from, byte[] to)
    {
        StateKey first = new(store, from);
        StateKey end = new(store, to);
        foreach ((StateKey key, byte[] value) in _values)
        {
            if (key >= first && key < end) yield return new(key.Bytes.ToArray(), value);
        }
    }

    public void Apply(IEnumerable<KeyValuePair<StateKey, byte[]?>> changes)
    {
        foreach ((StateKey key, byte[]? value) in changes)
        {
            if (value is null) _values.Remove(key);
            else _values[key] = value;
        }
    }
}
