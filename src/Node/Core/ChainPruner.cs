using Chain.Node.Snapshots;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.Node.Core;

/// <summary>
/// Drops what is older than the operator wants kept, a bounded step after each block, on the replica's thread. A step is one batch,
/// not synced: a power failure loses it whole, and the next step begins where the store then stands.
/// </summary>
/// <param name="snapshots">Whoever fetches one needs the blocks from its height on.</param>
/// <param name="retainBlocks">Newest heights to keep; 0 keeps all.</param>
public sealed class ChainPruner(IKeyValueStore store, StateStore state, BlockStore blocks, SnapshotKeeper snapshots, long retainBlocks)
{
    /// <summary>Call it once the block is in the store.</summary>
    public void Step(ChainTip tip)
    {
        Height keepFrom = new(tip.Height.Value - retainBlocks + 1);
        if (retainBlocks == 0 || keepFrom.Value <= 1) return;
        WriteBatch batch = new();
        // What a state is asked for by name is gone with its height; blocks stay as long as somebody may prove a fault with them.
        state.PruneBelow(keepFrom, ReplicaLimits.PruneRowsMax, batch);
        Height first = blocks.First;
        Height blocksFrom = BlocksFrom(tip, first, snapshots.NeededFrom is { } needed && needed < keepFrom ? needed : keepFrom);
        if (blocksFrom > first) BlockPruning.AddTo(batch, blocks, store, blocksFrom);
        store.Write(batch, sync: false);
    }

    /// <summary>
    /// The lowest block to keep after this step. Evidence of a double vote needs the block and the validators of its height until it
    /// expires; a light client may trust a header, and follow the chain from it, for less than the unbonding time.
    /// </summary>
    private Height BlocksFrom(ChainTip tip, Height first, Height keepFrom)
    {
        Parameters parameters = Parameters.Load(state);
        Height from = first;
        for (int step = 0; step < ReplicaLimits.PruneBlocksMax && from < keepFrom; step++)
        {
            if (blocks.LoadMeta(from) is not { } meta) return from;
            Timestamp time = meta.Header.Time;
            bool isExpired = EvidenceCheck.IsExpired(parameters, tip.Height, tip.Time, from, time)
                && tip.Time > time.AddMs((long)parameters.UnbondingSeconds * 1000);
            if (!isExpired) return from;
            from = from.Next;
        }
        return from;
    }
}
