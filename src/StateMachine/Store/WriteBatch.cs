using System;
using System.Collections.Generic;

namespace Chain.StateMachine.Store;

/// <summary>Changes to apply together. The last change of a key wins; adapters see them sorted by column and key.</summary>
public sealed class WriteBatch
{
    private readonly SortedDictionary<(Column Column, byte[] Key), byte[]?> _changes = new(ColumnKeyComparer.Instance);

    public int Count => _changes.Count;

    /// <summary>The changes in order; a null value deletes the key.</summary>
    public IEnumerable<KeyValuePair<(Column Column, byte[] Key), byte[]?>> Changes => _changes;

    public void Put(Column column, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        _changes[(column, key.ToArray())] = value.ToArray();

    public void Delete(Column column, ReadOnlySpan<byte> key) => _changes[(column, key.ToArray())] = null;

    public void Clear() => _changes.Clear();

    private sealed class ColumnKeyComparer : IComparer<(Column Column, byte[] Key)>
    {
        public static readonly ColumnKeyComparer Instance = new();

        public int Compare((Column Column, byte[] Key) x, (Column Column, byte[] Key) y)
        {
            int byColumn = ((int)x.Column).CompareTo((int)y.Column);
            return byColumn != 0 ? byColumn : x.Key.AsSpan().SequenceCompareTo(y.Key);
        }
    }
}
