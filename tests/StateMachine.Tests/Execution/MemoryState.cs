using System;
using System.Collections.Generic;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tests.Execution;

/// <summary>A flat state in memory: execution never needs the tree.</summary>
internal sealed class MemoryState : IStateReader
{
    private readonly SortedList<StateKey, byte[]> _values;

    public MemoryState() => _values = [];

    public MemoryState(MemoryState copied) => _values = new SortedList<StateKey, byte[]>(copied._values);

    public IReadOnlyDictionary<StateKey, byte[]> All => _values;

    public byte[]? Get(StoreId store, ReadOnlySpan<byte> key) => _values.GetValueOrDefault(new StateKey(store, key));

    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(StoreId store, byte[] from, byte[] to)
    {
        StateKey first = new(store, from);
        StateKey end = new(store, to);
        for (int place = PlaceOf(first); place < _values.Count && _values.GetKeyAtIndex(place) < end; place++)
        {
            yield return new(_values.GetKeyAtIndex(place).Bytes.ToArray(), _values.GetValueAtIndex(place));
        }
    }

    /// <summary>Place of the first key that is not below.</summary>
    private int PlaceOf(StateKey key)
    {
        int low = 0;
        int high = _values.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_values.GetKeyAtIndex(middle) < key) low = middle + 1;
            else high = middle;
        }
        return low;
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
