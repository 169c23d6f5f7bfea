using System.Collections.Generic;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.Node.Core;

/// <summary>
/// Writes decided blocks to the store: one batch holds block, commit, results, indexes, state, trees. The batch may be lost
/// with the power; the write-ahead log brings it back (ADR 0003).
/// </summary>
public sealed class ChainWriter(IKeyValueStore store, StateStore state, BlockStore blocks)
{
    /// <summary>Applies a decided block and returns the tip that the next one builds on.</summary>
    public (ChainTip Tip, StoredBlock Stored) Apply(ChainTip tip, ExecutedBlock executed, Commit commit, bool sync)
    {
        Header header = executed.Block.Header;
        BlockOutcome outcome = executed.Outcome;
        WriteBatch batch = new();
        Hash256 appHash = state.Prepare(header.Height, outcome.Changes, batch);
        BlockResults results = ResultsOf(outcome, appHash);
        StoredBlock stored = new(executed.Block, executed.Id, commit, results, tip.Validators, tip.NextValidators);
        blocks.Put(batch, stored);
        store.Write(batch, sync);
        return (TipAfter(tip, executed, commit, results), stored);
    }

    /// <summary>Makes all that was written durable.</summary>
    public void Sync() => store.Write(new WriteBatch(), sync: true);

    /// <summary>The tip after a block that is in the store.</summary>
    private ChainTip TipAfter(ChainTip tip, ExecutedBlock executed, Commit commit, BlockResults results)
    {
        BlockOutcome outcome = executed.Outcome;
        return new ChainTip(
            executed.Block.Header.Height,
            executed.Id,
            executed.Block.Header.Time,
            results.AppHash,
            results.Hash(),
            commit,
            tip.NextValidators,
            outcome.NextValidators,
            outcome.ParameterChange ?? tip.ConsensusParams,
            AppVersions.Current(state),
            outcome.CallsForAnotherBlock);
    }

    private static BlockResults ResultsOf(BlockOutcome outcome, in Hash256 appHash)
    {
        List<TransactionResult> results = new(outcome.Results.Count);
        foreach (TransactionOutcome result in outcome.Results)
        {
            results.Add(new TransactionResult(
                (uint)result.Code, result.Data, result.GasWanted, result.GasUsed, result.Events));
        }
        return new BlockResults(
            results, outcome.BlockEvents, outcome.ValidatorUpdates, outcome.ParameterChange, appHash);
    }
}
