using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Chain.Node.Mempool;

/// <summary>The waiting transactions of one lane, by sequence; gaps are allowed and hold back what follows.</summary>
internal sealed class PoolLane
{
    private readonly SortedDictionary<ulong, PooledTransaction> _bySequence = [];

    /// <summary>The sequence that the committed state expects next.</summary>
    public ulong Next { get; set; }

    public bool IsEmpty => _bySequence.Count == 0;

    public bool TryGet(ulong sequence, [MaybeNullWhen(false)] out PooledTransaction transaction) =>
        _bySequence.TryGetValue(sequence, out transaction);

    public bool TryFirst([MaybeNullWhen(false)] out PooledTransaction transaction)
    {
        foreach (PooledTransaction first in _bySequence.Values)
        {
            transaction = first;
            return true;
        }
        transaction = null;
        return false;
    }

    public void Put(PooledTransaction transaction) => _bySequence.Add(transaction.Sequence, transaction);

    public void Remove(ulong sequence) => _bySequence.Remove(sequence);
}
