using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Transactions;

namespace Chain.Node.Mempool;

/// <summary>An admitted transaction that waits for a block. Its signature has been verified.</summary>
/// <param name="Arrival">Order of admission, which breaks ties between equal tips.</param>
public sealed record PooledTransaction(SignedTransaction Transaction, long Arrival)
{
    public Hash256 Id => Transaction.Id;

    /// <summary>The canonical bytes as they came.</summary>
    public byte[] Bytes => Transaction.Bytes;

    public TransactionBody Body => Transaction.Body;

    /// <summary>Work units that execution will charge for.</summary>
    public ulong Work => Transaction.Work;

    public LaneKey Lane => new(Body.Sender, Body.Lane);

    public ulong Sequence => Body.Sequence;

    /// <summary>True when this pays at least <paramref name="percent"/> per cent of the other's tip per unit of work.</summary>
    public bool PaysAtLeast(PooledTransaction other, uint percent) =>
        (UInt128)Body.Tip * other.Work * 100 >= (UInt128)other.Body.Tip * Work * percent;

    /// <summary>Order of inclusion: higher tip per unit of work first, then who came first.</summary>
    public int CompareForInclusion(PooledTransaction other)
    {
        if (Body.Tip == other.Body.Tip && Work == other.Work) return Arrival.CompareTo(other.Arrival);
        UInt128 mine = (UInt128)Body.Tip * other.Work;
        UInt128 theirs = (UInt128)other.Body.Tip * Work;
        int byTip = theirs.CompareTo(mine);
        return byTip != 0 ? byTip : Arrival.CompareTo(other.Arrival);
    }
}
