using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Chain.StateMachine.Store;

/// <summary>
/// A map kept in the order of its keys. Unlike <see cref="SortedDictionary{TKey,TValue}"/> it finds a range without a scan.
/// </summary>
internal sealed class SortedMap<TKey, TValue>(IComparer<TKey> order)
{
    /// <summary>A value lies in a box, so that setting it again leaves the tree alone.</summary>
    private readonly SortedSet<KeyValuePair<TKey, StrongBox<TValue>>> _pairs = new(new ByKey(order));

    public int Count => _pairs.Count;

    /// <summary>The pairs in order.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Pairs
    {
        get
        {
            foreach ((TKey key, StrongBox<TValue> box) in _pairs) yield return new(key, box.Value!);
        }
    }

    public bool TryGet(TKey key, out TValue value)
    {
        bool found = _pairs.TryGetValue(new(key, default!), out KeyValuePair<TKey, StrongBox<TValue>> pair);
        value = found ? pair.Value.Value! : default!;
        return found;
    }

    public void Set(TKey key, TValue value)
    {
        if (_pairs.TryGetValue(new(key, default!), out KeyValuePair<TKey, StrongBox<TValue>> pair)) pair.Value.Value = value;
        else _pairs.Add(new(key, new StrongBox<TValue>(value)));
    }

    public void Remove(TKey key) => _pairs.Remove(new(key, default!));

    public void Clear() => _pairs.Clear();

    /// <summary>A copy of the pairs with <c>from ≤ key &lt; to</c>, in order: O(log n + their number).</summary>
    public List<KeyValuePair<TKey, TValue>> CopyRange(TKey from, TKey to)
    {
        List<KeyValuePair<TKey, TValue>> copy = [];
        if (order.Compare(from, to) >= 0) return copy;
        foreach ((TKey key, StrongBox<TValue> box) in _pairs.GetViewBetween(new(from, default!), new(to, default!)))
        {
            if (order.Compare(key, to) < 0) copy.Add(new(key, box.Value!));
        }
        return copy;
    }

    /// <summary>A copy of the pairs from a key on, in order.</summary>
    public List<KeyValuePair<TKey, TValue>> CopyFrom(TKey from)
    {
        if (_pairs.Count == 0) return [];
        (TKey key, StrongBox<TValue> box) = _pairs.Max;
        List<KeyValuePair<TKey, TValue>> copy = CopyRange(from, key);
        if (order.Compare(from, key) <= 0) copy.Add(new(key, box.Value!));
        return copy;
    }

    private sealed class ByKey(IComparer<TKey> order) : IComparer<KeyValuePair<TKey, StrongBox<TValue>>>
    {
        public int Compare(KeyValuePair<TKey, StrongBox<TValue>> x, KeyValuePair<TKey, StrongBox<TValue>> y) => order.Compare(x.Key, y.Key);
    }
}
