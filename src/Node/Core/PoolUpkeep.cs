using System.Collections.Generic;
using Chain.Node.Mempool;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.Node.Core;

/// <summary>Keeps the transaction pool true to the state: only lanes that a block touched are looked at again.</summary>
public sealed class PoolUpkeep(TransactionPool pool, IStateReader state)
{
    /// <summary>True when a transaction could go into a block now.</summary>
    public bool HasWork => pool.HasReady;

    /// <summary>Drops what the block carried, and moves each lane that it touched to where the state is now.</summary>
    public void AfterBlock(ExecutedBlock executed)
    {
        HashSet<LaneKey> touched = [];
        for (int i = 0; i < executed.Outcome.Results.Count; i++)
        {
            Hash256 id = executed.Outcome.Results[i].Id;
            if (pool.Find(id) is { } waiting)
            {
                touched.Add(waiting.Lane);
                pool.Drop(id);
            }
            else if (SignedTransaction.TryDecode(executed.Block.Transactions[i], out SignedTransaction transaction, out _))
            {
                touched.Add(new LaneKey(transaction.Body.Sender, transaction.Body.Lane));
            }
        }
        foreach (LaneKey lane in touched) pool.Advance(lane, Ledger.Load(state, lane.Sender).NextSequence(lane.Lane));
        pool.DropExpired((ulong)executed.Block.Header.Time.Seconds);
    }
}
