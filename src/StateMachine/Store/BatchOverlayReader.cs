using System;
using System.Collections.Generic;

namespace Chain.StateMachine.Store;

/// <summary>
/// A store as it will be once some batches are written: what the next height runs on while they wait for the disk.
/// </summary>
/// <param name="below">The store. Neither it nor a batch may change in what a reader still needs; the batches may be written.</param>
/// <param name="above">The batches, oldest first. They hold decided blocks only.</param>
public sealed class BatchOverlayReader(IKeyValueReader below, IReadOnlyList<WriteBatch> above) : IKeyValueReader
{
    public byte[]? Get(Column column, ReadOnlySpan<byte> key)
    {
        for (int i = above.Count - 1; i >= 0; i--)
        {
            if (above[i].TryGet(column, key, out byte[]? value)) return (byte[]?)value?.Clone();
        }
        return below.Get(column, key);
    }

    public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false)
    {
        SortedMap<byte[], byte[]?> newest = new(ByteOrder.Instance);
        foreach (WriteBatch batch in above)
        {
            foreach (KeyValuePair<byte[], byte[]?> change in batch.Range(column, from, to)) newest.Set(change.Key, change.Value);
        }
        List<KeyValuePair<byte[], byte[]?>> changes = [.. newest.Pairs];
        if (descending) changes.Reverse();
        return new Merged(below.Iterate(column, from, to, descending), changes, descending);
    }

    /// <summary>Two ordered walks as one; a change hides what is below, and a deletion shows nothing.</summary>
    private sealed class Merged(IKeyValueIterator lower, List<KeyValuePair<byte[], byte[]?>> changes, bool descending) : IKeyValueIterator
    {
        private int _next = -1;
        private bool _lowerLeft;
        private bool _onLower;

        public ReadOnlySpan<byte> Key => _onLower ? lower.Key : changes[_next - 1].Key;

        public ReadOnlySpan<byte> Value => _onLower ? lower.Value : changes[_next - 1].Value;

        public bool MoveNext()
        {
            if (_next < 0)
            {
                _next = 0;
                _lowerLeft = lower.MoveNext();
            }
            else if (_onLower)
            {
                _lowerLeft = lower.MoveNext();
            }
            while (_lowerLeft || _next < changes.Count)
            {
                int order = Order();
                _onLower = order < 0;
                if (_onLower) return true;
                if (order == 0) _lowerLeft = lower.MoveNext();
                if (changes[_next++].Value is not null) return true;
            }
            return false;
        }

        public void Dispose() => lower.Dispose();

        /// <summary>Negative when the pair below comes first, 0 when both have the same key.</summary>
        private int Order()
        {
            if (!_lowerLeft) return 1;
            if (_next == changes.Count) return -1;
            int order = lower.Key.SequenceCompareTo(changes[_next].Key);
            return descending ? -order : order;
        }
    }
}
