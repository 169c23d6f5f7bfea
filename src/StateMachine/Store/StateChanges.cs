using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Store;

/// <summary>
/// Collects one height's changes: flat values and history go to the batch at once, tree changes are kept by store.
/// </summary>
internal sealed class StateChanges
{
    private readonly IKeyValueReader _reader;
    private readonly Height _height;
    private readonly WriteBatch _batch;
    private readonly bool _keepsHistory;
    private readonly List<TreeChange>[] _byStore = new List<TreeChange>[StoreNames.All.Count];
    private StateKey? _last;
    private int _anchored;

    public StateChanges(IKeyValueReader reader, Height height, WriteBatch batch, bool keepsHistory)
    {
        _reader = reader;
        _height = height;
        _batch = batch;
        _keepsHistory = keepsHistory;
        for (int i = 0; i < _byStore.Length; i++) _byStore[i] = [];
    }

    public void Add(in StateKey key, byte[]? value)
    {
        Invariant.Holds(_last is null || _last.Value < key, "state changes come in ascending order, each key once");
        _last = key;
        bool isPermanent = key.Bytes.SequenceEqual(StateStore.PermanentKey);
        Invariant.Holds(!isPermanent || value is not null, "a store's permanent key is never deleted");
        if (isPermanent) _anchored |= 1 << (int)key.Store;
        Record(key.Store, key.Bytes, value);
    }

    /// <summary>Gives each store the key that keeps it from ever being empty, where the changes did not.</summary>
    public void AddPermanentKeys()
    {
        foreach (StoreId store in StoreNames.All)
        {
            if ((_anchored & (1 << (int)store)) == 0) Record(store, StateStore.PermanentKey, StoreNames.BytesOf(store));
        }
    }

    /// <summary>The tree changes of a store, by its index in <see cref="StoreNames.All"/>.</summary>
    public TreeChange[] SortedByHash(int index)
    {
        _byStore[index].Sort();
        return [.. _byStore[index]];
    }

    private void Record(StoreId store, ReadOnlySpan<byte> key, byte[]? value)
    {
        byte[] flatKey = StateLayout.FlatKey(store, key);
        byte[]? old = _reader.Get(Column.State, flatKey);
        if (old is null ? value is null : value is not null && old.AsSpan().SequenceEqual(value)) return;
        Invariant.Holds(key.Length is > 0 and <= ushort.MaxValue, "a state key has from 1 to 65,535 bytes");
        Invariant.Holds(value is not { Length: 0 }, "a state value is not empty");
        Hash256 keyHash = Sha256.Hash(key);
        List<TreeChange> changes = _byStore[(int)store - (int)StoreId.Ibc];
        if (value is null)
        {
            _batch.Delete(Column.State, flatKey);
            changes.Add(TreeChange.Delete(key.ToArray(), keyHash));
        }
        else
        {
            _batch.Put(Column.State, flatKey, value);
            changes.Add(TreeChange.Put(TreeHashing.Ics23Smt, key.ToArray(), keyHash, value));
        }
        if (!_keepsHistory) return;
        byte[] historyKey = StateLayout.HistoryKey(store, keyHash, _height);
        _batch.Put(Column.History, historyKey, old is null ? [] : [StateStore.Present, .. old]);
        _batch.Put(Column.Stale, StateLayout.StaleKey(_height.Value, Column.History, historyKey), []);
    }
}
