using System.Collections.Generic;

namespace Chain.StateMachine.Store;

/// <summary>
/// A map kept in the order of its keys. Unlike <see cref="SortedDictionary{TKey,TValue}"/> it finds a range without a scan.
/// </summary>
internal sealed class SortedMap<TKey, TValue>(IComparer<TKey> order)
{
    private readonly SortedSet<KeyValuePair<TKey, TValue>> _pairs = new(new ByKey(order));

    public int Count => _pairs.Count;

    /// <summary>The pairs in order.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Pairs => _pairs;

    public bool TryGet(TKey key, out TValue value)
    {
        bool found = _pairs.TryGetValue(new(key, default!), out KeyValuePair<TKey, TValue> pair);
        value = pair.Value;
        return found;
    }

    public void Set(TKey key, TValue value)
    {
        KeyValuePair<TKey, TValue> pair = new(key, value);
        if (_pairs.Add(pair)) return;
        _pairs.Remove(pair);
        _pairs.Add(pair);
    }

    public void Remove(TKey key) => _pairs.Remove(new(key, default!));

    public void Clear() => _pairs.Clear();

    /// <summary>A copy of the pairs with <c>from ≤ key &lt; to</c>, in order: O(log n + their number).</summary>
    public List<KeyValuePair<TKey, TValue>> CopyRange(TKey from, TKey to)
    {
        List<KeyValuePair<TKey, TValue>> copy = [];
        if (order.Compare(from, to) >= 0) return copy;
        foreach (KeyValuePair<TKey, TValue> pair in _pairs.GetViewBetween(new(from, default!), new(to, default!)))
        {
            if (order.Compare(pair.Key, to) < 0) copy.Add(pair);
        }
        return copy;
    }

    /// <summary>A copy of the pairs from a key on, in order.</summary>
    public List<KeyValuePair<TKey, TValue>> CopyFrom(TKey from)
    {
        if (_pairs.Count == 0) return [];
        KeyValuePair<TKey, TValue> last = _pairs.Max;
        List<KeyValuePair<TKey, TValue>> copy = CopyRange(from, last.Key);
        if (order.Compare(from, last.Key) <= 0) copy.Add(last);
        return copy;
    }

    private sealed class ByKey(IComparer<TKey> order) : IComparer<KeyValuePair<TKey, TValue>>
    {
        public int Compare(KeyValuePair<TKey, TValue> x, KeyValuePair<TKey, TValue> y) => order.Compare(x.Key, y.Key);
    }
}
