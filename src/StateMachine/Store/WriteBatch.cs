using System;
using System.Collections.Generic;

namespace Chain.StateMachine.Store;

/// <summary>Changes to apply together. The last change of a key wins; adapters see them sorted by column and key.</summary>
public sealed class WriteBatch
{
    private readonly SortedMap<(Column Column, byte[] Key), byte[]?> _changes = new(ColumnKeyComparer.Instance);

    public int Count => _changes.Count;

    /// <summary>The changes in order; a null value deletes the key.</summary>
    public IEnumerable<KeyValuePair<(Column Column, byte[] Key), byte[]?>> Changes => _changes.Pairs;

    public void Put(Column column, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        _changes.Set((column, key.ToArray()), value.ToArray());

    public void Delete(Column column, ReadOnlySpan<byte> key) => _changes.Set((column, key.ToArray()), null);

    public void Clear() => _changes.Clear();

    /// <summary>True when the batch changes the key; a null value then means that it deletes it. The array is shared.</summary>
    public bool TryGet(Column column, ReadOnlySpan<byte> key, out byte[]? value) =>
        _changes.TryGet((column, key.ToArray()), out value);

    /// <summary>
    /// Changes of one column with <c>from ≤ key &lt; to</c>, ascending; an empty <paramref name="to"/> means "to the end".
    /// </summary>
    internal List<KeyValuePair<byte[], byte[]?>> Range(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        List<KeyValuePair<byte[], byte[]?>> range = [];
        (Column, byte[]) end = to.IsEmpty ? (column + 1, []) : (column, to.ToArray());
        foreach (((Column _, byte[] key), byte[]? value) in _changes.CopyRange((column, from.ToArray()), end))
        {
            range.Add(new(key, value));
        }
        return range;
    }

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
