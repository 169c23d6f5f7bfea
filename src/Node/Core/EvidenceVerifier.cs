using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Node.Core;

/// <summary>Verifies evidence of a double vote against the set that was in force (CometBFT <c>evidence/verify.go</c>).</summary>
public static class EvidenceVerifier
{
    /// <param name="signers">The validators at the votes' height.</param>
    /// <param name="blockTime">Time of the block at that height.</param>
    public static bool IsValid(string chainId, ValidatorSet signers, Timestamp blockTime, DuplicateVoteEvidence evidence)
    {
        Vote a = evidence.VoteA;
        Vote b = evidence.VoteB;
        bool isSamePlace = a.Height == b.Height && a.Round == b.Round && a.Type == b.Type
            && a.ValidatorAddress == b.ValidatorAddress && a.ValidatorIndex == b.ValidatorIndex;
        int index = signers.IndexOf(a.ValidatorAddress);
        if (!isSamePlace || index < 0 || index != a.ValidatorIndex || a.BlockId >= b.BlockId) return false;
        Validator signer = signers.Validators[index];
        return evidence.ValidatorPower == signer.Power
            && evidence.TotalVotingPower == signers.TotalPower
            && evidence.Timestamp == blockTime
            && Ed25519.Verify(signer.PublicKey, a.SignBytes(chainId), a.Signature)
            && Ed25519.Verify(signer.PublicKey, b.SignBytes(chainId), b.Signature);
    }
}
