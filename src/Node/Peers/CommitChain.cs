using System.Collections.Generic;
using Chain.Consensus.Light;
using Chain.Node.Core;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Peers;

/// <summary>
/// Verifies a run of decided blocks with as few signatures as possible: the commit of the last block that the known set still
/// decides, and for those before it the chain of block ids that leads there.
/// </summary>
/// <remarks>Where that proof fails, it is tried with half as many blocks: a lie at the run's end costs a few proofs.</remarks>
public sealed class CommitChain(string chainId, ISignatureVerifier signatures)
{
    /// <summary>The blocks at the run's beginning that are proven.</summary>
    /// <param name="run">Consecutive heights from the tip on, at least one.</param>
    /// <param name="lie">The block whose sender sent a wrong block or commit; null when none was found.</param>
    public List<FetchedBlock> Verify(ChainTip tip, List<FetchedBlock> run, out FetchedBlock? lie)
    {
        lie = null;
        for (int last = LastOfSet(run, tip.Validators.Hash()); last > 0; last /= 2)
        {
            if (IsLinked(run, last) && IsCommitted(tip.Validators, run[last])) return WithCarriedCommits(run, last);
        }
        if (IsCommitted(tip.Validators, run[0])) return [run[0]];
        lie = run[0];
        return [];
    }

    /// <summary>Place of the last block of the run, without a gap, that names the known set as its own.</summary>
    private static int LastOfSet(List<FetchedBlock> run, in Hash256 set)
    {
        int last = -1;
        while (last + 1 < run.Count && run[last + 1].Block.Header.ValidatorsHash == set) last++;
        return last;
    }

    private static bool IsLinked(List<FetchedBlock> run, int last)
    {
        for (int i = 1; i <= last; i++)
        {
            Block block = run[i].Block;
            if (block.Header.LastBlockId != run[i - 1].Id) return false;
            if (block.Header.LastCommitHash != block.LastCommit.Hash()) return false;
        }
        return true;
    }

    /// <summary>Every entry is checked: the next proposal of ours may carry this commit.</summary>
    private bool IsCommitted(ValidatorSet set, FetchedBlock block) => CommitVerifier.Verify(
        chainId, set, block.Id, block.Block.Header.Height, block.Commit, signatures) == CommitVerdict.Valid;

    /// <summary>What the peer sent as a block's own commit is not checked where the next block carries one.</summary>
    private static List<FetchedBlock> WithCarriedCommits(List<FetchedBlock> run, int last)
    {
        List<FetchedBlock> verified = [];
        for (int i = 0; i < last; i++) verified.Add(run[i] with { Commit = run[i + 1].Block.LastCommit });
        verified.Add(run[last]);
        return verified;
    }
}
