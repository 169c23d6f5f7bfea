using Chain.Node.Mempool;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.Node.Core;

/// <summary>Keeps the transaction pool true to the state: only accounts that a block touched are looked at again.</summary>
public sealed class PoolUpkeep(TransactionPool pool, IStateReader state)
{
    /// <summary>True when a transaction could go into a block now.</summary>
    public bool HasWork => pool.HasReady;

    /// <summary>Drops what the block carried, and looks again at what waits of the accounts that it touched.</summary>
    public void AfterBlock(ExecutedBlock executed)
    {
        foreach (TransactionOutcome result in executed.Outcome.Results) pool.Drop(result.Id);
        if (pool.Size.Count == 0) return;
        ulong baseFee = FeeState.Load(state).BaseFee;
        foreach ((StateKey key, _) in executed.Outcome.Changes)
        {
            if (key.Store != StoreId.Market || key.Bytes[0] != Schema.Account) continue;
            Address account = Address.From(key.Bytes[1..]);
            if (pool.HasOf(account)) pool.Recheck(account, Ledger.Load(state, account), baseFee);
        }
        pool.DropExpired((ulong)executed.Block.Header.Time.Seconds);
    }
}
