using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Core;

/// <summary>Algorithm 1 of arXiv 1807.04938, lines 11 to 43. 2f+1 is three of four.</summary>
public sealed class PaperLineTests
{
    private static readonly BlockId A = TestSet.Block('a');
    private static readonly BlockId B = TestSet.Block('b');

    [Fact]
    public void L11_round_starts_in_propose_and_its_once_only_clauses_fire_again()
    {
        Driver node = Driver.OfFour();
        Assert.Equal((Round.Zero, Step.Propose), (node.Machine.Round, node.Machine.Step));
        for (int round = 0; round < 2; round++)
        {
            node.Sign(node.Timeout(TimeoutKind.Propose, round));
            Assert.Equal([TimeoutKind.Prevote], Driver.Scheduled([.. node.Prevotes(round, A, 0), .. node.Prevotes(round, BlockId.Nil, 1)]));
            Assert.Equal([TimeoutKind.Precommit], Driver.Scheduled(node.Precommits(round, BlockId.Nil, 0, 1, 2)));
            node.Timeout(TimeoutKind.Precommit, round);
            Assert.Equal((new Round(round + 1), Step.Propose), (node.Machine.Round, node.Machine.Step));
        }
    }

    [Fact]
    public void L14_only_the_proposer_of_a_round_builds()
    {
        for (int self = 0; self < 4; self++)
        {
            Driver node = Driver.OfFour(self);
            Assert.Equal(self == 0 ? 1 : 0, node.Started.OfType<Effect.BuildValue>().Count());
            Assert.Equal(self == 1 ? 1 : 0, node.Timeout(TimeoutKind.Precommit).OfType<Effect.BuildValue>().Count());
        }
    }

    [Fact]
    public void L18_proposer_without_valid_value_builds_signs_and_broadcasts_one()
    {
        Driver node = Driver.OfFour(self: 0);
        Effect.BuildValue build = Assert.Single(node.Started.OfType<Effect.BuildValue>());
        Assert.Equal(TestSet.Genesis.AddMs(1), build.EarliestTime);
        List<Effect> built = node.Apply(new Input.ValueBuilt(new Height(1), Round.Zero, A, TestSet.TimeOf('a')));
        UnsignedProposal unsigned = Assert.Single(built.OfType<Effect.SignProposal>()).Proposal;
        Assert.Equal(new UnsignedProposal(new Height(1), Round.Zero, Round.None, A, TestSet.TimeOf('a')), unsigned);

        List<Effect> signed = node.Apply(new Input.ProposalSigned(unsigned.Sign(default), TestSet.StartMs + 1000));
        Assert.IsType<WalRecord.ProposalSeen>(Assert.IsType<Effect.Persist>(signed[0]).Record);
        Assert.IsType<Effect.BroadcastProposal>(signed[1]);
        Assert.Equal(A, Assert.IsType<Effect.ValidateValue>(signed[2]).BlockId);
        Assert.Equal((VoteType.Prevote, A), Driver.Cast(node.Judge('a')));
    }

    [Fact]
    public void L16_proposer_with_valid_value_proposes_it_again_with_its_round()
    {
        Driver node = Driver.OfFour(self: 1);
        node.Sign(node.ProposeValid('a'));
        node.Sign(node.Prevotes(0, A, 0, 2));
        node.Precommits(0, BlockId.Nil, 0, 2, 3);
        List<Effect> effects = node.Timeout(TimeoutKind.Precommit);
        Assert.Empty(effects.OfType<Effect.BuildValue>());
        Assert.Equal(
            new UnsignedProposal(new Height(1), new Round(1), Round.Zero, A, TestSet.TimeOf('a')),
            Assert.Single(effects.OfType<Effect.SignProposal>()).Proposal);
    }

    [Fact]
    public void L21_validator_that_does_not_propose_waits_for_the_proposal()
    {
        Driver node = Driver.OfFour();
        Effect.ScheduleTimeout scheduled = Assert.Single(node.Started.OfType<Effect.ScheduleTimeout>());
        Assert.Equal(new Timeout(new Height(1), Round.Zero, TimeoutKind.Propose), scheduled.Timeout);
        Assert.Equal(1000, scheduled.DelayMs);
        Assert.Empty(node.Started.OfType<Effect.BuildValue>());
    }

    [Fact]
    public void L22_proposal_that_comes_after_the_own_prevote_gets_no_second_one()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.Timeout(TimeoutKind.Propose));
        Assert.Null(Driver.Cast(node.ProposeValid('a')));
        Assert.Equal(Step.Prevote, node.Machine.Step);
    }

    [Fact]
    public void L24_valid_new_proposal_without_a_lock_gets_a_prevote()
    {
        Driver node = Driver.OfFour();
        Assert.Null(Driver.Cast(node.Propose('a')));
        Assert.Equal((VoteType.Prevote, A), Driver.Cast(node.Judge('a')));
        Assert.Equal(Step.Prevote, node.Machine.Step);
    }

    [Fact]
    public void L26_invalid_new_proposal_gets_a_prevote_for_nil()
    {
        Driver node = Driver.OfFour();
        node.Propose('a');
        List<Effect> effects = node.Judge('a', isValid: false);
        Assert.Equal((VoteType.Prevote, BlockId.Nil), Driver.Cast(effects));
        Assert.True(Driver.Notes(effects, NoteKind.ProposalNotValid));
    }

    [Fact]
    public void L23_new_proposal_of_another_block_than_the_locked_one_gets_nil()
    {
        Driver node = Driver.OfFour();
        node.LockAndFail('a', 0);
        Assert.Equal((VoteType.Prevote, BlockId.Nil), Driver.Cast(node.Propose('b', 1)));
        Assert.Equal(A, node.Machine.LockedValue);
    }

    [Fact]
    public void L23_new_proposal_of_the_locked_block_gets_a_prevote()
    {
        Driver node = Driver.OfFour();
        node.LockAndFail('a', 0);
        Assert.Equal((VoteType.Prevote, A), Driver.Cast(node.Propose('a', 1)));
    }

    [Fact]
    public void L28_proposal_with_an_older_polka_waits_until_the_polka_is_seen()
    {
        Driver node = Driver.OfFour();
        node.FailRound(0);
        Assert.Null(Driver.Cast(node.ProposeValid('b', 2, polRound: 1)));
        node.FailRound(1);
        Assert.Equal(new Round(2), node.Machine.Round);
        // All three votes of round 1 were nil: no polka for b, and none can come.
        Assert.Null(Driver.Cast(node.Judge('b')));
        Assert.Equal((VoteType.Prevote, BlockId.Nil), Driver.Cast(node.Timeout(TimeoutKind.Propose, 2)));
    }

    [Fact]
    public void L30_proposal_with_a_polka_not_older_than_the_lock_gets_a_prevote()
    {
        Driver node = Driver.OfFour();
        node.LockAndFail('a', 0);
        Assert.Equal(Round.Zero, node.Machine.LockedRound);
        // Round 1: the others see a polka for b, we only hear of it later.
        node.Sign(node.Timeout(TimeoutKind.Propose, 1));
        node.Sign(node.Timeout(TimeoutKind.Prevote, 1));
        node.Precommits(1, BlockId.Nil, 0, 1, 2);
        node.Timeout(TimeoutKind.Precommit, 1);
        Assert.Null(Driver.Cast(node.ProposeValid('b', 2, polRound: 1)));
        List<Effect> effects = node.Prevotes(1, B, 0, 1, 2);
        UnsignedVote vote = Driver.VoteIn(effects)!;
        Assert.Equal((VoteType.Prevote, B, new Round(1)), (vote.Type, vote.BlockId, vote.PolRound));
    }

    [Fact]
    public void L29_proposal_of_the_locked_block_gets_a_prevote_though_its_polka_is_older_than_the_lock()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.Timeout(TimeoutKind.Propose));
        node.Prevotes(0, A, 0, 1, 2);
        node.Sign(node.Timeout(TimeoutKind.Prevote));
        node.Precommits(0, BlockId.Nil, 0, 1, 2);
        node.Timeout(TimeoutKind.Precommit);
        node.LockAndFail('a', 1);
        Assert.Equal(new Round(1), node.Machine.LockedRound);
        Assert.Equal((VoteType.Prevote, A), Driver.Cast(node.Propose('a', 2, polRound: 0)));
    }

    [Fact]
    public void L32_proposal_with_a_polka_older_than_the_lock_gets_nil()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.Timeout(TimeoutKind.Propose));
        node.Prevotes(0, B, 0, 1, 2);
        node.Sign(node.Timeout(TimeoutKind.Prevote));
        node.Precommits(0, BlockId.Nil, 0, 1, 2);
        node.Timeout(TimeoutKind.Precommit);
        node.LockAndFail('a', 1);
        Assert.Equal(new Round(1), node.Machine.LockedRound);
        node.Judge('b');
        Assert.Equal((VoteType.Prevote, BlockId.Nil), Driver.Cast(node.Propose('b', 2, polRound: 0)));
    }

    [Fact]
    public void L32_invalid_block_with_an_older_polka_gets_nil()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.Timeout(TimeoutKind.Propose));
        node.Prevotes(0, B, 0, 1, 2);
        node.Sign(node.Timeout(TimeoutKind.Prevote));
        node.Precommits(0, BlockId.Nil, 0, 1, 2);
        node.Timeout(TimeoutKind.Precommit);
        Assert.Null(Driver.Cast(node.Propose('b', 1, polRound: 0)));
        Assert.Equal((VoteType.Prevote, BlockId.Nil), Driver.Cast(node.Judge('b', isValid: false)));
    }

    [Fact]
    public void L34_quorum_of_any_prevotes_starts_the_prevote_timeout_once()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.ProposeValid('a'));
        Assert.Empty(Driver.Scheduled(node.Prevotes(0, B, 0)));
        Assert.Equal([TimeoutKind.Prevote], Driver.Scheduled(node.Prevotes(0, BlockId.Nil, 1)));
        Assert.Empty(Driver.Scheduled(node.Prevotes(0, A, 2)));
    }

    [Fact]
    public void L34_quorum_of_any_prevotes_does_nothing_before_the_own_prevote()
    {
        Driver node = Driver.OfFour();
        Assert.Empty(Driver.Scheduled(node.Prevotes(0, B, 0, 1)));
        Assert.Empty(Driver.Scheduled(node.Prevotes(0, BlockId.Nil, 2)));
        Assert.Equal([TimeoutKind.Prevote], Driver.Scheduled(node.Timeout(TimeoutKind.Propose)));
    }

    [Fact]
    public void L36_polka_in_prevote_locks_and_precommits_after_the_block_is_persisted()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.ProposeValid('a'));
        List<Effect> effects = node.Prevotes(0, A, 0, 1);
        Assert.Equal((VoteType.Precommit, A), Driver.Cast(effects));
        Assert.Equal((A, Round.Zero), (node.Machine.LockedValue, node.Machine.LockedRound));
        Assert.Equal((A, Round.Zero), (node.Machine.ValidValue, node.Machine.ValidRound));
        int persisted = effects.FindIndex(effect => effect is Effect.PersistBlock);
        Assert.True(persisted >= 0 && persisted < effects.FindIndex(effect => effect is Effect.SignVote));
        List<Effect> signed = node.Sign(effects);
        Assert.IsType<WalRecord.VoteSeen>(Assert.IsType<Effect.Persist>(signed[0]).Record);
        Assert.Equal(VoteType.Precommit, Assert.IsType<Effect.BroadcastVote>(signed[1]).Vote.Type);
    }

    [Fact]
    public void L42_polka_after_the_precommit_is_kept_as_valid_without_a_lock()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.ProposeValid('a'));
        node.Prevotes(0, BlockId.Nil, 0);
        node.Prevotes(0, A, 1);
        node.Sign(node.Timeout(TimeoutKind.Prevote));
        Assert.Null(Driver.Cast(node.Prevotes(0, A, 2)));
        Assert.Equal((A, Round.Zero), (node.Machine.ValidValue, node.Machine.ValidRound));
        Assert.Equal(Round.None, node.Machine.LockedRound);
    }

    [Fact]
    public void L36_polka_for_a_block_not_judged_yet_waits_for_the_judgement()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.Timeout(TimeoutKind.Propose));
        List<Effect> polka = node.Prevotes(0, A, 0, 1, 2);
        // No proposal came: the polka itself makes the node ask for the block.
        Assert.Equal(A, Assert.Single(polka.OfType<Effect.ValidateValue>()).BlockId);
        Assert.Null(Driver.Cast(polka));
        Assert.Equal((VoteType.Precommit, A), Driver.Cast(node.Judge('a')));
    }

    [Fact]
    public void L36_polka_for_another_block_than_the_proposal_seen_locks_that_block()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.ProposeValid('a'));
        List<Effect> polka = node.Prevotes(0, B, 0, 1, 2);
        Assert.Equal(B, Assert.Single(polka.OfType<Effect.ValidateValue>()).BlockId);
        Assert.Equal((VoteType.Precommit, B), Driver.Cast(node.Judge('b')));
        Assert.Equal(B, node.Machine.LockedValue);
    }

    [Fact]
    public void L36_polka_for_a_block_that_is_not_valid_here_neither_locks_nor_precommits_it()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.Timeout(TimeoutKind.Propose));
        node.Prevotes(0, A, 0, 1, 2);
        Assert.Null(Driver.Cast(node.Judge('a', isValid: false)));
        Assert.Equal((Round.None, Round.None), (node.Machine.LockedRound, node.Machine.ValidRound));
    }

    [Fact]
    public void L38_lock_moves_to_the_block_of_a_newer_polka()
    {
        Driver node = Driver.OfFour();
        node.LockAndFail('a', 0);
        node.Sign(node.Timeout(TimeoutKind.Propose, 1));
        node.Prevotes(1, B, 0, 1, 2);
        Assert.Equal((VoteType.Precommit, B), Driver.Cast(node.Judge('b')));
        Assert.Equal((B, new Round(1)), (node.Machine.LockedValue, node.Machine.LockedRound));
        Assert.Equal((B, new Round(1)), (node.Machine.ValidValue, node.Machine.ValidRound));
    }
}
