using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Consensus.Light;

/// <summary>
/// Verifies one header from another that is trusted, by the rules of CometBFT v0.38 (<c>light/verifier.go</c>).
/// No clock: the caller says what time it is. Never throws on what a node sent.
/// </summary>
public static class HeaderVerifier
{
    /// <summary>The next header, or one further on, whichever it is.</summary>
    /// <param name="trustedValidators">The set at the trusted header's height or at the one after.</param>
    /// <param name="verifier">Null verifies each signature anew.</param>
    public static LightVerdict Verify(
        Header trusted,
        ValidatorSet trustedValidators,
        LightBlock untrusted,
        Timestamp now,
        LightOptions options,
        ISignatureVerifier? verifier = null) =>
        untrusted.Height == trusted.Height.Next
            ? VerifyAdjacent(trusted, untrusted, now, options, verifier)
            : VerifySkipping(trusted, trustedValidators, untrusted, now, options, verifier);

    /// <summary>The header one height up: the trusted header names its validators.</summary>
    public static LightVerdict VerifyAdjacent(
        Header trusted, LightBlock untrusted, Timestamp now, LightOptions options, ISignatureVerifier? verifier = null)
    {
        if (!options.IsValid) return LightCode.BadOptions;
        if (untrusted.Height != trusted.Height.Next) return LightCode.WrongHeight;
        if (IsExpired(trusted, options.TrustingPeriodMs, now)) return LightCode.TrustExpired;
        LightCode form = Check(trusted, untrusted, now, options);
        if (form != LightCode.Valid) return form;
        if (untrusted.Header.ValidatorsHash != trusted.NextValidatorsHash) return LightCode.WrongNextValidators;
        return OwnCommit(untrusted, verifier);
    }

    /// <summary>A header two or more heights up: enough of the trusted validators must have signed it.</summary>
    public static LightVerdict VerifySkipping(
        Header trusted,
        ValidatorSet trustedValidators,
        LightBlock untrusted,
        Timestamp now,
        LightOptions options,
        ISignatureVerifier? verifier = null)
    {
        if (!options.IsValid) return LightCode.BadOptions;
        if (untrusted.Height == trusted.Height.Next) return LightCode.WrongHeight;
        if (IsExpired(trusted, options.TrustingPeriodMs, now)) return LightCode.TrustExpired;
        LightCode form = Check(trusted, untrusted, now, options);
        if (form != LightCode.Valid) return form;
        CommitVerdict trust = CommitVerifier.VerifyTrusting(
            trusted.ChainId, trustedValidators, untrusted.Commit, options.TrustLevel, verifier);
        if (trust == CommitVerdict.NotEnoughPower) return LightCode.NotEnoughTrust;
        if (trust != CommitVerdict.Valid) return new LightVerdict(LightCode.InvalidCommit, trust);
        // Last, because a liar may supply as many validators as a set can hold.
        return OwnCommit(untrusted, verifier);
    }

    /// <summary>
    /// The header one height down: the trusted one names its hash, so neither commit nor period matter. Check the caller's own
    /// trust in the upper one first.
    /// </summary>
    public static LightVerdict VerifyBackwards(Header trusted, Header untrusted)
    {
        if (!IsWellFormed(untrusted)) return LightCode.Malformed;
        if (untrusted.ChainId != trusted.ChainId) return LightCode.WrongChain;
        if (untrusted.Height.Next != trusted.Height) return LightCode.WrongHeight;
        if (untrusted.Time >= trusted.Time) return LightCode.WrongTime;
        return untrusted.Hash() == trusted.LastBlockId.Hash ? LightCode.Valid : LightCode.NotParent;
    }

    /// <summary>Header and commit belong together and the validators are the header's; says nothing of whom to trust.</summary>
    public static LightCode CheckWhole(string chainId, LightBlock block)
    {
        if (!IsWellFormed(block.Header)) return LightCode.Malformed;
        if (block.Header.ChainId != chainId) return LightCode.WrongChain;
        bool isOwnCommit = block.Commit.Height == block.Height && block.Commit.BlockId.Hash == block.Header.Hash();
        if (!isOwnCommit) return LightCode.CommitOfOther;
        return block.Header.ValidatorsHash == block.Validators.Hash() ? LightCode.Valid : LightCode.WrongValidators;
    }

    /// <summary>More than two thirds of the block's own validators signed it.</summary>
    public static LightVerdict OwnCommit(LightBlock block, ISignatureVerifier? verifier = null)
    {
        CommitVerdict verdict = CommitVerifier.VerifyLight(
            block.Header.ChainId, block.Validators, block.Commit.BlockId, block.Height, block.Commit, verifier);
        return verdict == CommitVerdict.Valid ? LightCode.Valid : new LightVerdict(LightCode.InvalidCommit, verdict);
    }

    /// <summary>From the end of the period on, validators that have left with their stake may sign anything.</summary>
    public static bool IsExpired(Header trusted, long trustingPeriodMs, Timestamp now) =>
        trusted.Time.AddMs(trustingPeriodMs) <= now;

    private static LightCode Check(Header trusted, LightBlock untrusted, Timestamp now, LightOptions options)
    {
        // Height and time before the hashes: they cost nothing.
        if (untrusted.Header.ChainId != trusted.ChainId) return LightCode.WrongChain;
        if (untrusted.Height <= trusted.Height) return LightCode.WrongHeight;
        if (untrusted.Header.Time <= trusted.Time) return LightCode.WrongTime;
        if (untrusted.Header.Time >= now.AddMs(options.ClockDriftMs)) return LightCode.FromFuture;
        return CheckWhole(trusted.ChainId, untrusted);
    }

    private static bool IsWellFormed(Header header) =>
        header.VersionBlock == Header.BlockProtocol
        && header.Height.Value >= 1
        && header.ChainId.Length is > 0 and <= Limits.ChainIdBytesMax;
}
