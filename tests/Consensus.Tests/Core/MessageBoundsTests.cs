using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Core;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Consensus.Tests.Core;

/// <summary>What the core keeps of what peers send: later heights, other rounds, conflicts, late votes; and what it drops.</summary>
public sealed class MessageBoundsTests
{
    private static readonly BlockId A = TestSet.Block('a');
    private static readonly BlockId B = TestSet.Block('b');

    [Fact]
    public void Messages_for_the_next_heights_are_kept_and_used_when_they_start()
    {
        Driver node = Driver.OfFour();
        Assert.Empty(node.Apply(new Input.VoteReceived(node.Set.Precommit(0, 0, B, height: 2))));
        Assert.Empty(node.Apply(new Input.VoteReceived(node.Set.Precommit(1, 0, B, height: 2))));
        Assert.Empty(node.Apply(new Input.VoteReceived(node.Set.Precommit(2, 0, B, height: 2))));
        Assert.Empty(node.Apply(new Input.VoteReceived(node.Set.Precommit(2, 0, B, height: 4))));
        Assert.Empty(node.Apply(new Input.ProposalReceived(TestSet.Propose('b', 0, height: 2), TestSet.TimeOf('b').UnixMs)));
        List<Effect> started = node.Apply(node.Set.Start(2));
        Assert.Equal(B, Assert.Single(started.OfType<Effect.ValidateValue>()).BlockId);
        Assert.Single(node.Judge('b').OfType<Effect.Decide>());
    }

    [Fact]
    public void Votes_for_later_heights_are_bounded_for_each_validator()
    {
        Driver node = Driver.OfFour();
        for (int round = 0; round < 100; round++)
        {
            node.Apply(new Input.VoteReceived(node.Set.Precommit(0, round, B, height: 2)));
        }
        node.Apply(node.Set.Start(2));
        Assert.Equal(
            ConsensusLimits.CatchUpRoundsPerValidatorMax,
            node.Machine.Rounds.Count(messages => messages.Precommits.Of(0) is not null));
        Assert.NotNull(node.Machine.Rounds[^1].Precommits.Of(0));
        Assert.Equal(new Round(99), node.Machine.Rounds[^1].Round);
    }

    [Fact]
    public void Validator_that_claims_many_rounds_keeps_its_two_highest()
    {
        Driver node = Driver.OfFour();
        foreach (int round in (int[])[5, 9, 7, 8, 1000, 3]) node.Prevotes(round, A, 0);
        Assert.Equal([9, 1000], node.Machine.Rounds.Select(messages => messages.Round.Value));
        // The others are in round 9: the flood has not hidden that.
        node.Prevotes(9, A, 1);
        Assert.Equal(new Round(9), node.Machine.Round);
    }

    [Fact]
    public void Rounds_far_below_are_forgotten_except_those_with_a_polka()
    {
        Driver node = Driver.OfFour(self: -1);
        node.Prevotes(0, A, 0, 1, 2);
        for (int round = 0; round < ConsensusLimits.PastRoundsMax + 10; round++)
        {
            node.Prevotes(round, round == 0 ? A : BlockId.Nil, 0);
            node.Timeout(TimeoutKind.Precommit, round);
        }
        List<int> kept = node.Machine.Rounds.Select(messages => messages.Round.Value).ToList();
        Assert.Contains(0, kept);
        Assert.DoesNotContain(1, kept);
        Assert.True(kept.Count <= ConsensusLimits.PastRoundsMax + 2);
        Assert.Empty(node.Prevotes(1, A, 1));
    }

    [Fact]
    public void Conflicting_votes_are_reported_once_in_the_order_of_evidence()
    {
        Driver node = Driver.OfFour();
        node.Prevotes(0, B, 0);
        List<Effect> effects = node.Prevotes(0, A, 0);
        ConflictingVotes votes = Assert.Single(effects.OfType<Effect.ReportEvidence>()).Votes;
        Assert.True(votes.VoteA.BlockId < votes.VoteB.BlockId);
        Assert.Equal((4L, 1L), (votes.TotalPower, votes.ValidatorPower));
        Assert.Empty(node.Prevotes(0, A, 0));
        Assert.Empty(node.Prevotes(0, TestSet.Block('c'), 0));
        DuplicateVoteEvidence evidence = votes.ToEvidence(TestSet.TimeOf('a'));
        Assert.Equal(TestSet.TimeOf('a'), evidence.Timestamp);
    }

    [Fact]
    public void Conflicting_precommit_that_comes_after_the_decision_is_reported_too()
    {
        Driver node = Driver.OfFour();
        node.ProposeValid('a');
        Commit decided = Assert.Single(node.Precommits(0, A, 0, 1, 2).OfType<Effect.Decide>()).Commit;
        node.Apply(node.Set.Start(2, lastCommit: decided));
        List<Effect> late = node.Apply(new Input.VoteReceived(node.Set.Precommit(1, 0, B, height: 1)));
        ConflictingVotes votes = Assert.Single(late.OfType<Effect.ReportEvidence>()).Votes;
        Assert.Equal((new Height(1), node.Set.AddressOf(1)), (votes.VoteA.Height, votes.VoteB.ValidatorAddress));
    }

    [Fact]
    public void Second_proposal_of_a_round_is_noted_and_ignored()
    {
        Driver node = Driver.OfFour();
        node.Propose('a');
        Assert.True(Driver.Notes(node.Propose('b'), NoteKind.ProposalConflicts));
        Assert.Equal((VoteType.Prevote, A), Driver.Cast(node.Judge('a')));
    }

    [Fact]
    public void Precommits_that_come_late_enter_the_commit_of_the_next_block()
    {
        Driver node = Driver.OfFour(self: 1);
        node.Sign(node.ProposeValid('a'));
        node.Sign(node.Prevotes(0, A, 0, 2));
        Commit decided = Assert.Single(node.Precommits(0, A, 0, 2).OfType<Effect.Decide>()).Commit;
        Assert.Equal(BlockIdFlag.Absent, decided.Signatures[3].Flag);
        node.Apply(node.Set.Start(2, waitMs: 100, lastCommit: decided));
        node.Precommits(0, A, 3);
        node.Apply(new Input.VoteReceived(node.Set.Precommit(3, 0, A, height: 1)));
        node.Apply(new Input.VoteReceived(node.Set.Precommit(3, 1, B, height: 1)));
        Assert.Equal(BlockIdFlag.Commit, node.Machine.LastCommit().Signatures[3].Flag);
        Assert.Equal(decided.BlockId, node.Machine.LastCommit().BlockId);
    }

    [Fact]
    public void Malformed_and_foreign_messages_change_nothing()
    {
        Driver node = Driver.OfFour();
        Vote good = node.Set.Prevote(0, 0, A);
        BlockId half = new(Hash256.From(new byte[32]), new PartSetHeader(1, A.Hash));
        Vote[] votes =
        [
            good with { ValidatorIndex = 1 }, good with { ValidatorIndex = -1 }, good with { ValidatorIndex = 4 },
            good with { ValidatorIndex = int.MaxValue }, good with { Round = Round.None }, good with { BlockId = half },
            good with { Height = new Height(0) }, good with { Height = new Height(long.MaxValue) },
            good with { Height = new Height(long.MinValue) }, good with { Type = VoteType.Proposal },
        ];
        foreach (Vote vote in votes) Assert.Empty(node.Apply(new Input.VoteReceived(vote)));
        Proposal proposal = TestSet.Propose('a', 1);
        Proposal[] proposals =
        [
            proposal with { PolRound = new Round(1) }, proposal with { PolRound = new Round(-2) },
            proposal with { Round = new Round(-1) }, proposal with { Round = new Round(int.MaxValue) },
            proposal with { BlockId = BlockId.Nil }, proposal with { Height = new Height(-5) },
        ];
        foreach (Proposal bad in proposals) Assert.Empty(node.Apply(new Input.ProposalReceived(bad, 0)));
        Commit commit = new(new Height(1), Round.Zero, A, [CommitSig.Absent]);
        Assert.Empty(node.Apply(new Input.CertificateReceived(commit)));
        Assert.Empty(node.Apply(new Input.ValueValidated(new Height(1), A, true, default)));
        Assert.Empty(node.Apply(new Input.ValueBuilt(new Height(1), Round.Zero, A, default)));
        Assert.Empty(node.Apply(new Input.VoteSigned(node.Set.Prevote(3, 0, A))));
        Assert.Empty(node.Apply(new Input.ProposalSigned(TestSet.Propose('a', 0), 0)));
        Assert.Empty(node.Machine.Rounds);
    }
}
