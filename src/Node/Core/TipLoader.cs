using System.Collections.Generic;
using Chain.Node.Export;
using Chain.Node.Hosting;
using Chain.Node.Storage.Blocks;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;

namespace Chain.Node.Core;

/// <summary>Finds the tip that the store holds, and writes the genesis state into an empty one.</summary>
public static class TipLoader
{
    /// <param name="stateFile">Where the state lies that the genesis may name.</param>
    public static ChainTip Load(
        GenesisDocument genesis, string stateFile, IKeyValueStore store, StateStore state, BlockStore blocks)
    {
        Height last = blocks.Last;
        if (state.Newest is null && last.Value == 0)
        {
            // The operator may have changed his mind in the middle of a state sync.
            SnapshotRestore.Abandon(store);
            WriteGenesis(genesis, stateFile, store, state);
        }
        try
        {
            ChainTip tip = last.Value == 0 ? BeforeFirst(genesis, state) : At(last, state, blocks);
            Invariant.Holds(state.Newest == tip.Height, "blocks and state end at the same height");
            return tip;
        }
        catch (InvariantException missing)
        {
            // The rows of a height are written in one batch, so only damage leaves some of them.
            throw new NodeStopException(
                ExitCode.Storage,
                $"the database is not whole: this does not hold: {missing.Message}",
                "Check the disk. Then bring the data folder back from a backup, or sync the node anew; never copy back an older signer.state.",
                missing);
        }
    }

    private static void WriteGenesis(GenesisDocument genesis, string stateFile, IKeyValueStore store, StateStore state)
    {
        IReadOnlyList<KeyValuePair<StateKey, byte[]?>> changes = genesis.StateFile is null
            ? GenesisState.Build(genesis).Changes
            : GenesisImport.Load(genesis, stateFile).Pairs;
        WriteBatch batch = new();
        Hash256 appHash = state.Prepare(new Height(genesis.InitialHeight - 1), changes, batch);
        if (genesis.AppHash is { } expected && expected != appHash)
        {
            throw new NodeStopException(
                ExitCode.BadInput,
                $"the genesis expects the app hash {expected}, its state gives {appHash}",
                "Get the genesis file again from where the chain is run.");
        }
        store.Write(batch, sync: true);
    }

    private static ChainTip BeforeFirst(GenesisDocument genesis, StateStore state)
    {
        Height height = new(genesis.InitialHeight - 1);
        return new ChainTip(
            height,
            BlockId.Nil,
            genesis.GenesisTime,
            state.AppHash(height),
            Sha256.OfNothing,
            Commit.Empty,
            ValidatorSets.Next(state),
            ValidatorSets.AfterNext(state),
            BlockExecutor.ConsensusParamsOf(Parameters.Load(state)),
            AppVersions.Current(state),
            CallsForAnotherBlock: true);
    }

    private static ChainTip At(Height height, StateStore state, BlockStore blocks)
    {
        Block? block = blocks.LoadBlock(height);
        BlockId? id = blocks.LoadId(height);
        BlockResults? results = blocks.LoadResults(height);
        Commit? commit = blocks.LoadSeenCommit(height);
        Invariant.Holds(
            block is not null && id is not null && results is not null && commit is not null,
            "the store holds its last block whole");
        Invariant.Holds(results.AppHash == state.AppHash(height), "the last block's app hash is that of the state");
        return new ChainTip(
            height,
            id.Value,
            block.Header.Time,
            results.AppHash,
            results.Hash(),
            commit,
            ValidatorSets.Next(state),
            ValidatorSets.AfterNext(state),
            BlockExecutor.ConsensusParamsOf(Parameters.Load(state)),
            AppVersions.Current(state),
            CallsForAnotherBlock: block.Transactions.Count > 0 || block.Evidence.Count > 0 || results.BlockEvents.Count > 0);
    }
}
