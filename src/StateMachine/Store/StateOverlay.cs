using System;
using System.Collections.Generic;

namespace Chain.StateMachine.Store;

/// <summary>
/// Changes on top of a state that is not touched: one overlay for a block, one above it for each transaction. Dropping an
/// overlay undoes it; <see cref="MergeInto"/> hands its changes down.
/// </summary>
public sealed class StateOverlay : IStateReader
{
    private readonly IStateReader _below;
    private readonly SortedMap<StateKey, byte[]?> _changes = new(Comparer<StateKey>.Default);

    public StateOverlay(IStateReader below) => _below = below;

    /// <summary>Changed keys in order; null where the key was deleted. A value may equal what is below.</summary>
    public IEnumerable<KeyValuePair<StateKey, byte[]?>> Changes => _changes.Pairs;

    public byte[]? Get(StoreId store, ReadOnlySpan<byte> key) =>
        _changes.TryGet(new StateKey(store, key), out byte[]? value) ? value : _below.Get(store, key);

    /// <summary>Sets a value, which must not be empty: ICS-23 cannot prove an empty one.</summary>
    public void Put(StoreId store, ReadOnlySpan<byte> key, byte[] value)
    {
        Primitives.Invariant.Holds(key.Length > 0 && value.Length > 0, "state keys and values are not empty");
        _changes.Set(new StateKey(store, key), value);
    }

    public void Delete(StoreId store, ReadOnlySpan<byte> key) => _changes.Set(new StateKey(store, key), null);

    public void MergeInto(StateOverlay below)
    {
        foreach ((StateKey key, byte[]? value) in _changes.Pairs) below._changes.Set(key, value);
    }

    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(StoreId store, byte[] from, byte[] to)
    {
        // The copy lets the caller write while it walks, and keeps the walk at the state in which it began.
        List<KeyValuePair<byte[], byte[]?>> own = [];
        foreach ((StateKey key, byte[]? value) in _changes.CopyRange(new StateKey(store, from), new StateKey(store, to)))
        {
            own.Add(new(key.Bytes.ToArray(), value));
        }
        int next = 0;
        foreach (KeyValuePair<byte[], byte[]> pair in _below.Range(store, from, to))
        {
            int order = -1;
            while (next < own.Count && (order = own[next].Key.AsSpan().SequenceCompareTo(pair.Key)) < 0)
            {
                if (own[next].Value is { } value) yield return new(own[next].Key, value);
                next++;
            }
            if (next < own.Count && order == 0)
            {
                if (own[next].Value is { } value) yield return new(own[next].Key, value);
                next++;
                continue;
            }
            yield return pair;
        }
        for (; next < own.Count; next++)
        {
            if (own[next].Value is { } value) yield return new(own[next].Key, value);
        }
    }
}
