using System;
using System.Collections.Generic;

namespace Chain.StateMachine.Store;

/// <summary>The memory twin of a node's database, for tests, the simulator and scenario runs. Not safe for several threads.</summary>
public sealed class MemoryStore : IKeyValueStore
{
    private readonly SortedMap<byte[], byte[]>[] _columns = new SortedMap<byte[], byte[]>[Enum.GetValues<Column>().Length];
    private bool _disposed;

    public MemoryStore()
    {
        for (int i = 0; i < _columns.Length; i++) _columns[i] = new(ByteOrder.Instance);
    }

    public byte[]? Get(Column column, ReadOnlySpan<byte> key)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _columns[(int)column].TryGet(key.ToArray(), out byte[] value) ? (byte[])value.Clone() : null;
    }

    public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SortedMap<byte[], byte[]> pairsOfColumn = _columns[(int)column];
        List<KeyValuePair<byte[], byte[]>> pairs = to.IsEmpty
            ? pairsOfColumn.CopyFrom(from.ToArray())
            : pairsOfColumn.CopyRange(from.ToArray(), to.ToArray());
        if (descending) pairs.Reverse();
        return new Walk(pairs);
    }

    public void Write(WriteBatch batch, bool sync)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        foreach (((Column column, byte[] key), byte[]? value) in batch.Changes)
        {
            if (value is null) _columns[(int)column].Remove(key);
            else _columns[(int)column].Set(key, value);
        }
    }

    public IKeyValueSnapshot Snapshot()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        MemoryStore copy = new();
        for (int i = 0; i < _columns.Length; i++)
        {
            foreach (KeyValuePair<byte[], byte[]> pair in _columns[i].Pairs) copy._columns[i].Set(pair.Key, pair.Value);
        }
        return new MemorySnapshot(copy);
    }

    public void Dispose() => _disposed = true;

    private sealed class MemorySnapshot(MemoryStore copy) : IKeyValueSnapshot
    {
        public byte[]? Get(Column column, ReadOnlySpan<byte> key) => copy.Get(column, key);

        public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false) =>
            copy.Iterate(column, from, to, descending);

        public void Dispose() => copy.Dispose();
    }

    private sealed class Walk(List<KeyValuePair<byte[], byte[]>> pairs) : IKeyValueIterator
    {
        private int _index = -1;

        public ReadOnlySpan<byte> Key => pairs[_index].Key;

        public ReadOnlySpan<byte> Value => pairs[_index].Value;

        public bool MoveNext() => ++_index < pairs.Count;

        public void Dispose() { }
    }
}
