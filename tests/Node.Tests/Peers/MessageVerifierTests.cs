using Chain.Consensus;
using Chain.Node.Peers;
using Chain.Node.Tests.Crashes;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Tests.Peers;

/// <summary>Only the validator at a vote's place, or the proposer of a round, speaks for it; each condition is broken alone.</summary>
public sealed class MessageVerifierTests
{
    [Fact]
    public void Vote_of_the_validator_at_its_place_is_genuine()
    {
        using Follower follower = new(heights: 2);
        Assert.Equal(MessageVerdict.Genuine, VerifierAt(follower).Check(follower.Precommit(1).Vote));
    }

    [Fact]
    public void Vote_at_a_place_that_the_set_does_not_have_is_forged()
    {
        using Follower follower = new(heights: 2);
        Vote vote = follower.Precommit(1).Vote;
        Assert.Equal(MessageVerdict.Forged, VerifierAt(follower).Check(vote with { ValidatorIndex = 1 }));
        Assert.Equal(MessageVerdict.Forged, VerifierAt(follower).Check(vote with { ValidatorIndex = int.MaxValue }));
    }

    [Fact]
    public void Vote_that_names_another_validator_than_its_place_does_is_forged()
    {
        using Follower follower = new(heights: 2);
        Vote vote = follower.Precommit(1).Vote;
        // Neither is part of what was signed.
        Address other = Address.From(Sha256.Hash([7]).Span[..Address.Size]);
        Assert.Equal(MessageVerdict.Forged, VerifierAt(follower).Check(vote with { ValidatorAddress = other }));
    }

    [Fact]
    public void Vote_with_another_signature_is_forged_and_one_of_a_far_height_is_not_judged()
    {
        using Follower follower = new(heights: 2);
        Vote vote = follower.Precommit(1).Vote;
        Assert.Equal(MessageVerdict.Forged, VerifierAt(follower).Check(vote with { Timestamp = vote.Timestamp.AddMs(1) }));
        Assert.Equal(MessageVerdict.Elsewhere, VerifierAt(follower).Check(vote with { Height = new Height(9) }));
    }

    [Fact]
    public void Proposal_of_a_round_too_far_ahead_is_not_worked_out()
    {
        using Follower follower = new(heights: 2);
        Round running = new(3);
        Round last = new(running.Value + ConsensusLimits.ProposalRoundsAheadMax);
        MessageVerifier verifier = VerifierAt(follower);
        Assert.Equal(MessageVerdict.Genuine, verifier.Check(Follower.SignProposal(new Height(1), last), running));
        Assert.Equal(MessageVerdict.Elsewhere, verifier.Check(Follower.SignProposal(new Height(1), last.Next), running));
        // The next height has not begun, so its rounds count from the first.
        Round lastOfNext = new(ConsensusLimits.ProposalRoundsAheadMax);
        Assert.Equal(MessageVerdict.Genuine, verifier.Check(Follower.SignProposal(new Height(2), lastOfNext), running));
        Assert.Equal(MessageVerdict.Elsewhere, verifier.Check(Follower.SignProposal(new Height(2), lastOfNext.Next), running));
        Assert.Equal(MessageVerdict.Elsewhere, verifier.Check(Follower.SignProposal(new Height(3), Round.Zero), running));
    }

    private static MessageVerifier VerifierAt(Follower follower)
    {
        MessageVerifier verifier = new(CrashHome.ChainId, Ed25519Verifier.Instance, follower.Node.Blocks);
        verifier.MoveTo(follower.Node.Tip);
        return verifier;
    }
}
