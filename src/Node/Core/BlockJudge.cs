using System.Collections.Generic;
using Chain.Consensus.Light;
using Chain.Node.Storage.Blocks;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.Node.Core;

/// <summary>
/// Says whether a block may follow the tip: a pure function of the tip, the state under it and the block (DESIGN section 5),
/// whoever proposed it.
/// </summary>
public sealed class BlockJudge(
    string chainId, BlockFactory factory, BlockStore blocks, IStateReader state, ISignatureVerifier signatures)
{
    /// <summary>The block with its execution, or null when it is not valid.</summary>
    public ExecutedBlock? Judge(ChainTip tip, Block block, BlockId id) =>
        IsValid(tip, block, id, out IReadOnlyList<SignedTransaction> decoded) ? factory.Execute(tip, block, id, decoded) : null;

    /// <summary>Executes a block that more than two thirds decided: only its place on the tip is checked again.</summary>
    public ExecutedBlock ExecuteDecided(ChainTip tip, Block block, BlockId id)
    {
        Invariant.Holds(block.Id() == id, "the stored block is the one that was decided");
        Invariant.Holds(
            factory.ExpectedHeader(tip, block) == block.Header, "executing the chain again gives the app hash that was decided");
        return factory.Execute(tip, block, id);
    }

    private bool IsValid(ChainTip tip, Block block, BlockId id, out IReadOnlyList<SignedTransaction> decoded)
    {
        decoded = [];
        Header header = block.Header;
        return block.Id() == id
            && header == factory.ExpectedHeader(tip, block)
            && header.Time > tip.Time
            && tip.Validators.IndexOf(header.ProposerAddress) >= 0
            && IsLastCommitValid(tip, block.LastCommit)
            && IsEvidenceValid(block)
            && BlockValidity.Check(state, BlockFactory.InputOf(tip, block), signatures, out decoded).Code == BlockFaultCode.None;
    }

    private bool IsLastCommitValid(ChainTip tip, Commit commit)
    {
        // The header's hash covers the entries alone, so the rest of an empty commit is compared too.
        if (tip.BlockId.IsNil) return commit.Signatures.Count == 0 && commit with { Signatures = Commit.Empty.Signatures } == Commit.Empty;
        ValidatorSet? signers = blocks.LoadValidators(tip.Height);
        return signers is not null
            && CommitVerifier.Verify(chainId, signers, tip.BlockId, tip.Height, commit, signatures) == CommitVerdict.Valid;
    }

    private bool IsEvidenceValid(Block block)
    {
        foreach (DuplicateVoteEvidence evidence in block.Evidence)
        {
            Height height = evidence.VoteA.Height;
            if (blocks.LoadValidators(height) is not { } signers || blocks.LoadMeta(height) is not { } judged) return false;
            if (!EvidenceVerifier.IsValid(chainId, signers, judged.Header.Time, evidence)) return false;
        }
        return true;
    }
}
