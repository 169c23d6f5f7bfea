using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Chain.Node.Mempool;

/// <summary>The waiting transactions of one lane, by sequence; gaps are allowed and hold back what follows.</summary>
internal sealed class PoolLane
{
    /// <summary>Few, as no sequence is far ahead of the next: a sorted list beats a tree.</summary>
    private readonly SortedList<ulong, PooledTransaction> _bySequence = [];

    /// <summary>The sequence that the committed state expects next.</summary>
    public ulong Next { get; set; }

    /// <summary>All that wait, by sequence.</summary>
    public IList<PooledTransaction> All => _bySequence.Values;

    public bool IsEmpty => _bySequence.Count == 0;

    /// <summary>True when the next one is here.</summary>
    public bool IsReady => _bySequence.Count > 0 && (_bySequence.GetKeyAtIndex(0) == Next || _bySequence.ContainsKey(Next));

    /// <summary>The one that nothing waits for; null when there is none.</summary>
    public PooledTransaction? Last => IsEmpty ? null : _bySequence.GetValueAtIndex(_bySequence.Count - 1);

    /// <summary>True when <see cref="Last"/> waits for one that is not here.</summary>
    public bool HasGap => Last is { } last && last.Sequence != Next + (ulong)(_bySequence.Count - 1);

    /// <summary>True when all from the next one to the one before this sequence are here.</summary>
    public bool LeadsTo(ulong sequence)
    {
        for (ulong before = Next; before < sequence; before++)
        {
            if (!_bySequence.ContainsKey(before)) return false;
        }
        return true;
    }

    public bool TryGet(ulong sequence, [MaybeNullWhen(false)] out PooledTransaction transaction) =>
        _bySequence.TryGetValue(sequence, out transaction);

    public bool TryFirst([MaybeNullWhen(false)] out PooledTransaction transaction)
    {
        transaction = IsEmpty ? null : _bySequence.GetValueAtIndex(0);
        return transaction is not null;
    }

    public void Put(PooledTransaction transaction) => _bySequence.Add(transaction.Sequence, transaction);

    public void Remove(ulong sequence) => _bySequence.Remove(sequence);
}
