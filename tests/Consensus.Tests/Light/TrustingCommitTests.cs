using System.Linq;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Light;

/// <summary>The power of a trusted set in a commit of another one (CometBFT <c>VerifyCommitLightTrusting</c>).</summary>
public sealed class TrustingCommitTests
{
    private static readonly ValidatorSet Trusted = LightChain.SetOf(2, 3, 4, 5);
    private static readonly ValidatorSet Other = LightChain.SetOf(5, 11, 12);

    [Fact]
    public void Strangers_are_passed_over_and_known_ones_found_by_address()
    {
        // 50 of 140 is more than a third, whatever the strangers hold.
        Assert.Equal(CommitVerdict.Valid, Verify(CommitOf(Other, 5, 11)));
        Assert.Equal(CommitVerdict.NotEnoughPower, Verify(CommitOf(Other, 11, 12)));
    }

    [Fact]
    public void Level_decides_how_much_is_enough()
    {
        Commit commit = CommitOf(Trusted, 3, 4);
        Assert.Equal(CommitVerdict.Valid, Verify(commit, new TrustLevel(1, 3)));
        // 70 of 140 is half, and half is not more than half.
        Assert.Equal(CommitVerdict.NotEnoughPower, Verify(commit, new TrustLevel(1, 2)));
        Assert.Equal(CommitVerdict.NotEnoughPower, Verify(CommitOf(Trusted, 2, 3, 4, 5), new TrustLevel(1, 1)));
    }

    [Fact]
    public void One_validator_in_two_entries_is_not_counted_twice()
    {
        Commit commit = CommitOf(Trusted, 3);
        CommitSig vote = commit.Signatures.Single(sig => !sig.IsAbsent);
        Commit repeated = commit with { Signatures = [vote, vote, vote] };
        Assert.Equal(CommitVerdict.RepeatedValidator, Verify(repeated));
    }

    [Fact]
    public void Votes_for_nil_and_wrong_signatures_do_not_count()
    {
        Commit commit = CommitOf(Trusted, 4, 5);
        CommitSig[] nil = commit.Signatures.Select(sig => sig.IsAbsent ? sig : sig with { Flag = BlockIdFlag.Nil }).ToArray();
        Assert.Equal(CommitVerdict.NotEnoughPower, Verify(commit with { Signatures = nil }));
        Assert.Equal(CommitVerdict.WrongSignature, Verify(commit with { Round = new Round(9) }));
    }

    [Fact]
    public void Powers_near_the_maximum_do_not_overflow()
    {
        const long Half = Primitives.Limits.TotalVotingPowerMax / 2;
        ValidatorSet huge = LightChain.PoweredSetOf((1, Half), (2, Half));
        TrustLevel large = new(int.MaxValue - 1, int.MaxValue);
        Assert.Equal(CommitVerdict.Valid, CommitVerifier.VerifyTrusting(LightChain.ChainId, huge, CommitOf(huge, 1, 2), large));
        Assert.Equal(CommitVerdict.NotEnoughPower, CommitVerifier.VerifyTrusting(LightChain.ChainId, huge, CommitOf(huge, 1), large));
    }

    private static CommitVerdict Verify(Commit commit, TrustLevel? level = null) =>
        CommitVerifier.VerifyTrusting(LightChain.ChainId, Trusted, commit, level ?? TrustLevel.OneThird);

    private static Commit CommitOf(ValidatorSet set, params int[] signers) =>
        LightChain.Signed(LightChain.HeaderOf(7, LightChain.Start, set), set, signers).Commit;
}
