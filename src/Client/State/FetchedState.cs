using System;
using System.Collections.Generic;
using Chain.StateMachine.Store;

namespace Chain.Client.State;

/// <summary>
/// A few keys of the state as a node gave them, so that the state machine's own readers can be used on them. Unverified:
/// a reader that finds damage throws <c>InvariantException</c>.
/// </summary>
public sealed class FetchedState : IStateReader
{
    private readonly Dictionary<StateKey, byte[]?> _values = [];

    /// <summary>
    /// The value, or null when the key holds nothing. Asking for a key that was not fetched is a fault of the caller.
    /// </summary>
    public byte[]? Get(StoreId store, ReadOnlySpan<byte> key) => _values[new StateKey(store, key)];

    /// <summary>The fetched pairs of a range, which are not all that the chain may have there.</summary>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(StoreId store, byte[] from, byte[] to)
    {
        StateKey first = new(store, from);
        StateKey end = new(store, to);
        List<StateKey> keys = [.. _values.Keys];
        keys.Sort();
        foreach (StateKey key in keys)
        {
            if (key >= first && key < end && _values[key] is { } value) yield return new(key.Bytes.ToArray(), value);
        }
    }

    internal void Add(StateKey key, byte[] value) => _values[key] = value.Length == 0 ? null : value;
}
