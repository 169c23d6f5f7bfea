using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.Node.Core;

/// <summary>
/// Makes the block that follows a tip, and executes blocks on it. A header is a function of the tip and the block's
/// contents, so judging somebody's block means making its header again.
/// </summary>
public sealed class BlockFactory(string chainId, IStateReader state)
{
    public Block Make(
        ChainTip tip,
        Commit lastCommit,
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
            LastCommitHash = lastCommit.Hash(),
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
        lastCommit);

    /// <summary>The header that this block must have on this tip.</summary>
    public Header ExpectedHeader(ChainTip tip, Block block) => Make(
        tip, block.LastCommit, block.Transactions, block.Evidence, block.Header.Time, block.Header.ProposerAddress).Header;

    /// <summary>Runs a block's transactions on the state of its tip. Changes nothing but memory.</summary>
    /// <param name="decoded">The block's transactions where the caller has them decoded, to save doing it again.</param>
    public ExecutedBlock Execute(
        ChainTip tip, Block block, BlockId id, IReadOnlyList<SignedTransaction>? decoded = null) =>
        new(block, id, BlockExecutor.Execute(state, InputOf(tip, block), decoded));

    /// <summary>The block as the state machine sees it.</summary>
    public static BlockInput InputOf(ChainTip tip, Block block)
    {
        List<LastCommitFlag> flags = new(block.LastCommit.Signatures.Count);
        foreach (CommitSig sig in block.LastCommit.Signatures) flags.Add(new LastCommitFlag(sig.ValidatorAddress, sig.Flag));
        Header header = block.Header;
        return new BlockInput(
            header.ChainId,
            header.Height,
            header.Time,
            tip.Time,
            header.VersionApp,
            header.ProposerAddress,
            flags,
            block.Evidence,
            block.Transactions);
    }
}
