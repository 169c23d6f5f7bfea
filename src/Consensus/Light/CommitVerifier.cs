using System;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Light;

/// <summary>Verifies commits by CometBFT's rules (<c>types/validation.go</c>).</summary>
public static class CommitVerifier
{
    /// <summary>Every signature is checked, also those for nil: what a node stores and repeats in the next block.</summary>
    public static CommitVerdict Verify(
        string chainId, ValidatorSet validators, BlockId blockId, Height height, Commit commit) =>
        throw new NotImplementedException();

    /// <summary>Stops once more than two thirds have signed the block: enough for a light client.</summary>
    public static CommitVerdict VerifyLight(
        string chainId, ValidatorSet validators, BlockId blockId, Height height, Commit commit) =>
        throw new NotImplementedException();
}
