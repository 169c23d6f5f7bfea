using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Consensus.Votes;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Core;

/// <summary>What surrounds the paper's lines: waiting for work, proposal times, certificates, own messages.</summary>
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
