using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.Node.Core;

/// <summary>
/// Makes the block that follows a tip, and executes blocks on it. A header is a function of the tip and the block's
/// contents, so judging somebody's block means making its header again.
/// </summary>
public sealed class BlockFactory(string chainId, BlockExecutor executor, IStateReader state)
{
    public Block Make(
        ChainTip tip,
        IReadOnlyList<byte[]> transactions,
        IReadOnlyList<DuplicateVoteEvidence> evidence,
        Timestamp time,
        Address proposer) => new(
        new Header
        {
            VersionApp = tip.AppVersion,
            ChainId = chainId,
            Height = tip.Height.Next,
            Time = time,
            LastBlockId = tip.BlockId,
            LastCommitHash = tip.Commit.Hash(),
            DataHash = Block.DataHash(transactions),
            ValidatorsHash = tip.Validators.Hash(),
            NextValidatorsHash = tip.NextValidators.Hash(),
            ConsensusHash = tip.ConsensusParams.Hash(),
            AppHash = tip.AppHash,
            LastResultsHash = tip.ResultsHash,
            EvidenceHash = Block.EvidenceHash(evidence),
            ProposerAddress = proposer,
        },
        transactions,
        evidence,
        tip.Commit);

    /// <summary>Runs a block's transactions on the state of its tip. Changes nothing but memory.</summary>
    public ExecutedBlock Execute(ChainTip tip, Block block, BlockId id) =>
        new(block, id, executor.Execute(state, InputOf(tip, block)));
}
