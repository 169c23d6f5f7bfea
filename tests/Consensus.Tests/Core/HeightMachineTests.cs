using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Consensus.Votes;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Consensus.Tests.Core;

/// <summary>What surrounds the paper's lines: waiting for work, bounds, own messages, late votes, bad input.</summary>
public sealed class HeightMachineTests
{
    private static readonly BlockId A = TestSet.Block('a');
    private static readonly BlockId B = TestSet.Block('b');

    [Fact]
    public void Single_validator_decides_alone()
    {
        Driver node = new(TestSet.Equal(1), self: 0);
        Assert.Single(node.Started.OfType<Effect.BuildValue>());
        List<Effect> effects = node.Apply(new Input.ValueBuilt(new Height(1), Round.Zero, A, TestSet.TimeOf('a')));
        UnsignedProposal proposal = Assert.Single(effects.OfType<Effect.SignProposal>()).Proposal;
        node.Apply(new Input.ProposalSigned(proposal.Sign(default), TestSet.TimeOf('a').UnixMs));
        List<Effect> prevoted = node.Sign(node.Judge('a'));
        Assert.Equal((VoteType.Precommit, A), Driver.Cast(prevoted));
        Commit commit = Assert.Single(node.Sign(prevoted).OfType<Effect.Decide>()).Commit;
        Assert.Equal(TestSet.TimeOf('a').AddMs(1), Assert.Single(commit.Signatures).Timestamp);

        List<Effect> next = node.Apply(node.Set.Start(2, lastCommit: commit));
        Assert.Equal(commit.Hash(), Assert.Single(next.OfType<Effect.BuildValue>()).LastCommit.Hash());
        Assert.Equal((new Height(2), Step.Propose), (node.Machine.Height, node.Machine.Step));
    }

    [Fact]
    public void Follower_decides_without_asking_for_a_signature()
    {
        Driver node = Driver.OfFour(self: -1);
        List<Effect> effects = [.. node.Started, .. node.ProposeValid('a'), .. node.Prevotes(0, A, 0, 1, 2), .. node.Precommits(0, A, 0, 1, 2)];
        Assert.Empty(effects.OfType<Effect.SignVote>());
        Assert.Empty(effects.OfType<Effect.BuildValue>());
        Assert.Single(effects.OfType<Effect.PersistBlock>());
        Assert.Single(effects.OfType<Effect.Decide>());
    }

    [Fact]
    public void Round_zero_waits_for_work_and_other_rounds_do_not()
    {
        Driver proposer = Driver.OfFour(self: 0, waitMs: 5000);
        Effect.ScheduleTimeout wait = Assert.Single(proposer.Started.OfType<Effect.ScheduleTimeout>());
        Assert.Equal((TimeoutKind.EmptyBlock, 5000L), (wait.Timeout.Kind, wait.DelayMs));
        Assert.Empty(proposer.Started.OfType<Effect.BuildValue>());
        Assert.Empty(proposer.Timeout(TimeoutKind.Propose));
        Assert.Single(proposer.Apply(new Input.WorkAvailable()).OfType<Effect.BuildValue>());
        Assert.Empty(proposer.Apply(new Input.WorkAvailable()));
        Assert.Empty(proposer.Timeout(TimeoutKind.EmptyBlock));

        Driver other = Driver.OfFour(self: 1, waitMs: 5000);
        Assert.Equal([TimeoutKind.Propose], Driver.Scheduled(other.Timeout(TimeoutKind.EmptyBlock)));
        List<Effect> round1 = other.Timeout(TimeoutKind.Precommit);
        Assert.Single(round1.OfType<Effect.BuildValue>());
        Assert.False(other.Machine.IsWaitingForWork);
    }

    [Fact]
    public void Proposal_that_comes_while_waiting_for_work_ends_the_wait()
    {
        Driver node = Driver.OfFour(waitMs: 5000);
        Assert.Equal((VoteType.Prevote, A), Driver.Cast(node.ProposeValid('a')));
        Assert.False(node.Machine.IsWaitingForWork);
    }

    [Theory]
    [InlineData(-506, false)]
    [InlineData(-505, true)]
    [InlineData(2505, true)]
    [InlineData(2506, false)]
    public void New_proposal_is_judged_by_the_local_clock_at_receipt(long offsetMs, bool isTimely)
    {
        Driver node = Driver.OfFour();
        node.Apply(new Input.ProposalReceived(TestSet.Propose('a', 0), TestSet.TimeOf('a').UnixMs + offsetMs));
        if (isTimely) Assert.Equal((VoteType.Prevote, A), Driver.Cast(node.Judge('a')));
        else Assert.Equal(Step.Prevote, node.Machine.Step);
    }

    [Fact]
    public void Proposal_with_a_polka_is_not_judged_by_the_clock()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.Timeout(TimeoutKind.Propose));
        node.Prevotes(0, A, 0, 1, 2);
        node.Timeout(TimeoutKind.Precommit);
        node.Judge('a');
        List<Effect> effects = node.Apply(new Input.ProposalReceived(TestSet.Propose('a', 1, polRound: 0), ReceivedMs: 0));
        Assert.Equal((VoteType.Prevote, A), Driver.Cast(effects));
    }

    [Fact]
    public void Proposal_whose_time_is_not_its_blocks_gets_nil_and_the_block_stays_valid()
    {
        Driver node = Driver.OfFour();
        Proposal lie = TestSet.Propose('a', 0) with { Timestamp = TestSet.TimeOf('a').AddMs(1) };
        node.Apply(new Input.ProposalReceived(lie, TestSet.TimeOf('a').UnixMs));
        List<Effect> effects = node.Judge('a');
        Assert.True(Driver.Notes(effects, NoteKind.ProposalTimeDiffers));
        Assert.Equal((VoteType.Prevote, BlockId.Nil), Driver.Cast(effects));
        node.Timeout(TimeoutKind.Precommit);
        Assert.Equal((VoteType.Prevote, A), Driver.Cast(node.Propose('a', 1)));
    }

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
    public void Certificate_decides_without_votes_or_proposal()
    {
        Driver source = Driver.OfFour();
        source.ProposeValid('a');
        Commit commit = Assert.Single(source.Precommits(2, A, 0, 1, 2).OfType<Effect.Decide>()).Commit;
        Driver node = Driver.OfFour();
        List<Effect> received = node.Apply(new Input.CertificateReceived(commit));
        Assert.Equal(A, Assert.Single(received.OfType<Effect.ValidateValue>()).BlockId);
        Commit decided = Assert.Single(node.Judge('a').OfType<Effect.Decide>()).Commit;
        Assert.Equal(commit.Hash(), decided.Hash());
        Assert.Equal((commit.Round, commit.BlockId), (decided.Round, decided.BlockId));
    }

    [Fact]
    public void Own_vote_that_comes_from_outside_is_not_cast_again()
    {
        Driver node = Driver.OfFour();
        node.Apply(new Input.VoteReceived(node.Set.Prevote(3, 0, A)));
        List<Effect> effects = node.ProposeValid('a');
        Assert.Empty(effects.OfType<Effect.SignVote>());
        Assert.Equal(Step.Prevote, node.Machine.Step);
    }

    [Fact]
    public void Own_signature_that_contradicts_a_vote_seen_before_does_not_leave()
    {
        Driver node = Driver.OfFour();
        List<Effect> asked = node.Timeout(TimeoutKind.Propose);
        UnsignedVote unsigned = Driver.VoteIn(asked)!;
        node.Apply(new Input.VoteReceived(node.Set.Prevote(3, 0, A)));
        List<Effect> effects = node.Apply(new Input.VoteSigned(unsigned.Sign(TestSet.Genesis, default)));
        Assert.Empty(effects.OfType<Effect.BroadcastVote>());
    }

    [Fact]
    public void Refused_signature_leaves_the_node_without_that_vote()
    {
        Driver node = Driver.OfFour();
        node.ProposeValid('a');
        List<Effect> effects = node.Apply(new Input.SignRefused(new Height(1), Round.Zero, VoteType.Prevote, SignCode.Conflict));
        Assert.True(Driver.Notes(effects, NoteKind.SignRefused));
        Assert.Equal((VoteType.Precommit, A), Driver.Cast(node.Prevotes(0, A, 0, 1, 2)));
    }

    [Fact]
    public void Every_message_kept_is_persisted_before_anything_is_broadcast()
    {
        Driver node = Driver.OfFour();
        Assert.IsType<WalRecord.HeightStarted>(Assert.IsType<Effect.Persist>(node.Started[0]).Record);
        Assert.IsType<WalRecord.ProposalSeen>(Assert.IsType<Effect.Persist>(node.Propose('a')[0]).Record);
        List<Effect> judged = node.Judge('a');
        Assert.IsType<WalRecord.ValueJudged>(Assert.IsType<Effect.Persist>(judged[0]).Record);
        List<Effect> signed = node.Sign(judged);
        Assert.Equal(
            [typeof(Effect.Persist), typeof(Effect.BroadcastVote)], signed.Take(2).Select(effect => effect.GetType()));
        Assert.IsType<WalRecord.TimeoutFired>(Assert.IsType<Effect.Persist>(node.Timeout(TimeoutKind.Prevote)[0]).Record);
    }

    [Fact]
    public void Proposer_of_a_round_follows_the_priorities_within_the_bound()
    {
        Driver node = new(new TestSet(1, 2, 3, 4), self: 0);
        for (int round = 0; round <= ConsensusLimits.ProposalRoundsAheadMax; round++)
        {
            Assert.True(node.Machine.TryProposerOf(new Height(1), new Round(round), out Validator proposer));
            ValidatorSet set = round == 0 ? node.Set.Validators : node.Set.Validators.Increment(round);
            Assert.Equal(set.Proposer.Address, proposer.Address);
        }
        Assert.False(node.Machine.TryProposerOf(new Height(1), new Round(ConsensusLimits.ProposalRoundsAheadMax + 1), out _));
        Assert.False(node.Machine.TryProposerOf(new Height(1), new Round(int.MaxValue), out _));
        Assert.False(node.Machine.TryProposerOf(new Height(1), Round.None, out _));
        Assert.False(node.Machine.TryProposerOf(new Height(2), Round.Zero, out _));
    }

    [Fact]
    public void Powers_count_and_not_heads()
    {
        TestSet set = new(10, 1, 1, 1, 1);
        Driver node = new(set, self: -1);
        node.ProposeValid('a');
        // In set order the strong one is first: 10 of 14 is more than two thirds, 4 of 14 is not a third.
        Assert.Empty(node.Precommits(0, A, 1, 2, 3, 4).OfType<Effect.Decide>());
        Assert.Single(node.Precommits(0, A, 0).OfType<Effect.Decide>());
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

    [Fact]
    public void Machine_before_its_first_height_ignores_everything()
    {
        TestSet set = TestSet.Equal(4);
        HeightMachine machine = new(null);
        EffectList effects = new();
        machine.Apply(new Input.VoteReceived(set.Prevote(0, 0, A)), effects);
        machine.Apply(new Input.WorkAvailable(), effects);
        machine.Resume(effects);
        Assert.Empty(effects);
        Assert.Equal(Step.Idle, machine.Step);
        Assert.False(machine.TryProposerOf(new Height(1), Round.Zero, out _));
        Assert.Equal(Commit.Empty, machine.LastCommit());
    }

    [Fact]
    public void Proposer_rotation_of_the_next_height_is_asked_of_its_set()
    {
        TestSet set = TestSet.Equal(4);
        ProposerRotation rotation = new(set.Validators);
        Assert.Equal([0, 1, 2, 3, 0], Enumerable.Range(0, 5).Select(round => rotation.IndexOf(new Round(round))));
    }
}
