using System.Collections.Generic;
using Chain.Primitives.Bytes;

namespace Chain.Node.Mempool;

/// <summary>The waiting transactions by the second after which they never land. Used under the pool's lock.</summary>
internal sealed class PoolExpiry
{
    private readonly SortedDictionary<ulong, HashSet<Hash256>> _bySecond = [];

    public void Add(PooledTransaction transaction)
    {
        if (!_bySecond.TryGetValue(transaction.Body.ValidUntil, out HashSet<Hash256>? second))
        {
            second = [];
            _bySecond.Add(transaction.Body.ValidUntil, second);
        }
        second.Add(transaction.Id);
    }

    public void Remove(PooledTransaction transaction)
    {
        HashSet<Hash256> second = _bySecond[transaction.Body.ValidUntil];
        second.Remove(transaction.Id);
        if (second.Count == 0) _bySecond.Remove(transaction.Body.ValidUntil);
    }

    /// <summary>A copy of the ids of the earliest second that is over, or null.</summary>
    public List<Hash256>? FirstExpired(ulong now)
    {
        foreach ((ulong validUntil, HashSet<Hash256> ids) in _bySecond) return validUntil < now ? [.. ids] : null;
        return null;
    }
}
