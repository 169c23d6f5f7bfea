using Chain.Node.Mempool;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.Node.Core;

/// <summary>Keeps the transaction pool true to the state: only lanes that a block touched are looked at again.</summary>
public sealed class PoolUpkeep(TransactionPool pool, IStateReader state)
{
    /// <summary>True when a transaction could go into a block now.</summary>
    public bool HasWork => pool.HasReady;

    public void AfterBlock(Block block)
    {
        foreach (byte[] bytes in block.Transactions)
        {
            pool.Drop(Sha256.Hash(bytes));
            if (!SignedTransaction.TryDecode(bytes, out SignedTransaction transaction, out _)) continue;
            LaneKey lane = new(transaction.Body.Sender, transaction.Body.Lane);
            pool.Advance(lane, Ledger.Load(state, lane.Sender).NextSequence(lane.Lane));
        }
        pool.DropExpired((ulong)block.Header.Time.Seconds);
    }
}
