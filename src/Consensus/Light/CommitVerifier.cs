using Chain.Consensus.Votes;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Consensus.Light;

/// <summary>Verifies commits by CometBFT's rules (<c>types/validation.go</c>). Never throws on any commit.</summary>
public static class CommitVerifier
{
    /// <summary>Every signature is checked, also those for nil: what a node stores and repeats in the next block.</summary>
    /// <param name="verifier">Null verifies each signature anew.</param>
    public static CommitVerdict Verify(
        string chainId,
        ValidatorSet validators,
        BlockId blockId,
        Height height,
        Commit commit,
        ISignatureVerifier? verifier = null) =>
        Verify(chainId, validators, blockId, height, commit, verifier ?? Ed25519Verifier.Instance, isLight: false);

    /// <summary>Looks at the entries for the block alone and stops once more than two thirds have signed: enough for a light client.</summary>
    public static CommitVerdict VerifyLight(
        string chainId,
        ValidatorSet validators,
        BlockId blockId,
        Height height,
        Commit commit,
        ISignatureVerifier? verifier = null) =>
        Verify(chainId, validators, blockId, height, commit, verifier ?? Ed25519Verifier.Instance, isLight: true);

    /// <summary>
    /// Whether enough of a set that the caller trusts signed a commit that may be of another set. Entries are found by address
    /// and those of strangers are passed over, so <see cref="CommitVerdict.NotEnoughPower"/> means "not enough trust". The
    /// caller knows that the commit is for the block and height that it means.
    /// </summary>
    public static CommitVerdict VerifyTrusting(
        string chainId, ValidatorSet trusted, Commit commit, TrustLevel level, ISignatureVerifier? verifier = null)
    {
        verifier ??= Ed25519Verifier.Instance;
        bool[] isCounted = new bool[trusted.Count];
        long power = 0;
        for (int i = 0; i < commit.Signatures.Count; i++)
        {
            CommitSig sig = commit.Signatures[i];
            if (sig.Flag != BlockIdFlag.Commit) continue;
            int place = trusted.IndexOf(sig.ValidatorAddress);
            if (place < 0) continue;
            if (isCounted[place]) return CommitVerdict.RepeatedValidator;
            isCounted[place] = true;
            Validator validator = trusted.Validators[place];
            if (!verifier.Verify(validator.PublicKey, commit.SignBytesOf(i, chainId), sig.Signature))
            {
                return CommitVerdict.WrongSignature;
            }
            power += validator.Power;
            if (level.IsReached(power, trusted.TotalPower)) return CommitVerdict.Valid;
        }
        return CommitVerdict.NotEnoughPower;
    }

    private static CommitVerdict Verify(
        string chainId,
        ValidatorSet validators,
        BlockId blockId,
        Height height,
        Commit commit,
        ISignatureVerifier verifier,
        bool isLight)
    {
        if (commit.Signatures.Count != validators.Count) return CommitVerdict.WrongSize;
        if (commit.Height != height || commit.Round < Round.Zero) return CommitVerdict.WrongHeight;
        if (commit.BlockId != blockId || blockId.IsNil) return CommitVerdict.WrongBlock;
        long power = 0;
        for (int i = 0; i < commit.Signatures.Count; i++)
        {
            CommitSig sig = commit.Signatures[i];
            bool isForBlock = sig.Flag == BlockIdFlag.Commit;
            if (isLight && !isForBlock) continue;
            CommitVerdict entry = VerifyEntry(chainId, validators.Validators[i], commit, i, verifier);
            if (entry != CommitVerdict.Valid) return entry;
            if (isForBlock) power += validators.Validators[i].Power;
            if (isLight && Quorum.IsReached(power, validators.TotalPower)) return CommitVerdict.Valid;
        }
        return Quorum.IsReached(power, validators.TotalPower) ? CommitVerdict.Valid : CommitVerdict.NotEnoughPower;
    }

    private static CommitVerdict VerifyEntry(
        string chainId, Validator validator, Commit commit, int index, ISignatureVerifier verifier)
    {
        CommitSig sig = commit.Signatures[index];
        if (sig.IsAbsent) return sig == CommitSig.Absent ? CommitVerdict.Valid : CommitVerdict.MalformedEntry;
        if (sig.Flag is not (BlockIdFlag.Commit or BlockIdFlag.Nil)) return CommitVerdict.MalformedEntry;
        // The place decides whose key is used; an address that says otherwise once let block time be forged (GHSA-c32p-wcqj-j677).
        if (sig.ValidatorAddress != validator.Address) return CommitVerdict.WrongAddress;
        return verifier.Verify(validator.PublicKey, commit.SignBytesOf(index, chainId), sig.Signature)
            ? CommitVerdict.Valid
            : CommitVerdict.WrongSignature;
    }
}
