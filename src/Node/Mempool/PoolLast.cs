using System;

namespace Chain.Node.Mempool;

/// <summary>The last transaction of a lane, ordered by how soon it gives way in a full pool: the first one goes first.</summary>
/// <param name="HasGap">It waits for one that is not here.</param>
internal readonly record struct PoolLast(bool HasGap, PooledTransaction Transaction) : IComparable<PoolLast>
{
    public int CompareTo(PoolLast other)
    {
        int byGap = other.HasGap.CompareTo(HasGap);
        return byGap != 0 ? byGap : other.Transaction.CompareForInclusion(Transaction);
    }
}
