using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Core;

/// <summary>Algorithm 1 of arXiv 1807.04938, lines 44 to 67. 2f+1 is three of four, f+1 is two.</summary>
public sealed class PaperLine44Tests
{
    private static readonly BlockId A = TestSet.Block('a');

    [Fact]
    public void L44_polka_for_nil_precommits_nil()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.ProposeValid('a'));
        Assert.Equal((VoteType.Precommit, BlockId.Nil), Driver.Cast(node.Prevotes(0, BlockId.Nil, 0, 1, 2)));
        Assert.Equal(Round.None, node.Machine.ValidRound);
    }

    [Fact]
    public void L44_polka_for_nil_is_nothing_to_a_node_that_precommitted_or_has_not_prevoted()
    {
        Driver precommitted = Driver.OfFour();
        precommitted.Sign(precommitted.ProposeValid('a'));
        precommitted.Prevotes(0, BlockId.Nil, 0, 1);
        precommitted.Sign(precommitted.Timeout(TimeoutKind.Prevote));
        Assert.Null(Driver.Cast(precommitted.Prevotes(0, BlockId.Nil, 2)));

        Driver proposing = Driver.OfFour();
        Assert.Null(Driver.Cast(proposing.Prevotes(0, BlockId.Nil, 0, 1, 2)));
        // The own prevote comes first, and the polka is used as soon as it is cast.
        List<Effect> timeout = proposing.Timeout(TimeoutKind.Propose);
        Assert.Equal([VoteType.Prevote, VoteType.Precommit], timeout.OfType<Effect.SignVote>().Select(effect => effect.Vote.Type));
    }

    [Fact]
    public void L47_quorum_of_any_precommits_starts_the_precommit_timeout_once()
    {
        Driver node = Driver.OfFour();
        Assert.Empty(Driver.Scheduled(node.Precommits(0, A, 0, 1)));
        Assert.Equal([TimeoutKind.Precommit], Driver.Scheduled(node.Precommits(0, BlockId.Nil, 2)));
        Assert.Empty(Driver.Scheduled(node.Timeout(TimeoutKind.Propose)));
    }

    [Fact]
    public void L49_quorum_of_precommits_for_a_valid_block_decides_it_after_it_is_persisted()
    {
        Driver node = Driver.OfFour();
        node.ProposeValid('a');
        Assert.Empty(node.Precommits(0, A, 0, 1).OfType<Effect.Decide>());
        List<Effect> effects = node.Precommits(0, A, 2);
        Commit commit = Assert.Single(effects.OfType<Effect.Decide>()).Commit;
        Assert.Equal((new Height(1), Round.Zero, A), (commit.Height, commit.Round, commit.BlockId));
        BlockIdFlag[] flags = [BlockIdFlag.Commit, BlockIdFlag.Commit, BlockIdFlag.Commit, BlockIdFlag.Absent];
        Assert.Equal(flags, commit.Signatures.Select(sig => sig.Flag));
        Assert.Equal(Step.Decided, node.Machine.Step);
        int block = effects.FindIndex(effect => effect is Effect.PersistBlock);
        int record = effects.FindIndex(effect => effect is Effect.Persist { Record: WalRecord.Decided });
        int decide = effects.FindIndex(effect => effect is Effect.Decide);
        Assert.True(block >= 0 && block < record && record < decide);
    }

    [Fact]
    public void L49_precommits_of_an_earlier_round_decide_too()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.ProposeValid('a'));
        node.Precommits(0, A, 0, 1);
        node.Precommits(0, BlockId.Nil, 2);
        node.Timeout(TimeoutKind.Precommit);
        node.FailRound(1);
        Assert.Equal(new Round(2), node.Machine.Round);
        // 2 equivocates: nil before, a now; the paper counts it for both.
        Assert.Equal(Round.Zero, Assert.Single(node.Precommits(0, A, 2).OfType<Effect.Decide>()).Commit.Round);
    }

    [Fact]
    public void L49_precommits_of_a_later_round_decide_too()
    {
        Driver node = Driver.OfFour();
        node.ProposeValid('a');
        Assert.Equal(new Round(7), Assert.Single(node.Precommits(7, A, 0, 1, 2).OfType<Effect.Decide>()).Commit.Round);
    }

    [Fact]
    public void L49_proposal_that_comes_after_the_precommits_decides()
    {
        Driver node = Driver.OfFour();
        List<Effect> quorum = node.Precommits(0, A, 0, 1, 2);
        Assert.Equal(A, Assert.Single(quorum.OfType<Effect.ValidateValue>()).BlockId);
        Assert.Empty(quorum.OfType<Effect.Decide>());
        Assert.Single(node.ProposeValid('a').OfType<Effect.Decide>());
    }

    [Fact]
    public void L49_committed_block_that_is_not_valid_here_is_reported_and_never_decided()
    {
        Driver node = Driver.OfFour();
        node.Precommits(0, A, 0, 1, 2);
        List<Effect> effects = node.Judge('a', isValid: false);
        Assert.Empty(effects.OfType<Effect.Decide>());
        Assert.True(Driver.Notes(effects, NoteKind.InvalidValueCommitted));
    }

    [Fact]
    public void L49_commit_of_another_block_than_the_proposal_seen_is_decided()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.ProposeValid('a'));
        List<Effect> quorum = node.Precommits(0, TestSet.Block('b'), 0, 1, 2);
        Assert.Equal(TestSet.Block('b'), Assert.Single(quorum.OfType<Effect.ValidateValue>()).BlockId);
        Assert.Equal(TestSet.Block('b'), Assert.Single(node.Judge('b').OfType<Effect.Decide>()).Commit.BlockId);
    }

    [Fact]
    public void L49_precommits_for_nil_decide_nothing()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.ProposeValid('a'));
        Assert.Empty(node.Precommits(0, BlockId.Nil, 0, 1, 2).OfType<Effect.Decide>());
    }

    [Fact]
    public void L52_next_height_starts_in_round_zero_and_no_lock_leaks_into_it()
    {
        Driver node = Driver.OfFour();
        node.LockAndFail('a', 0);
        node.Sign(node.ProposeValid('a', 1));
        Commit decided = Assert.Single(node.Precommits(1, A, 0, 1, 2).OfType<Effect.Decide>()).Commit;
        Assert.Empty(node.Prevotes(1, A, 0, 1, 2).OfType<Effect.SignVote>());

        node.Apply(node.Set.Start(2, lastCommit: decided));
        Assert.Equal((new Height(2), Round.Zero, Step.Propose), (node.Machine.Height, node.Machine.Round, node.Machine.Step));
        Assert.Equal((BlockId.Nil, Round.None), (node.Machine.LockedValue, node.Machine.LockedRound));
        Assert.Equal((BlockId.Nil, Round.None), (node.Machine.ValidValue, node.Machine.ValidRound));
        node.Apply(new Input.ProposalReceived(TestSet.Propose('b', 0, height: 2), TestSet.TimeOf('b').UnixMs));
        Assert.Equal((VoteType.Prevote, TestSet.Block('b')), Driver.Cast(node.Judge('b')));
    }

    [Fact]
    public void L55_one_third_in_a_later_round_does_not_move_the_node()
    {
        Driver node = Driver.OfFour();
        node.Prevotes(3, A, 0);
        node.Precommits(3, A, 0);
        Assert.Equal(Round.Zero, node.Machine.Round);
    }

    [Fact]
    public void L55_more_than_a_third_in_a_later_round_moves_the_node_by_messages_of_any_kind()
    {
        Driver prevoteAndPrecommit = Driver.OfFour();
        prevoteAndPrecommit.Prevotes(3, A, 0);
        List<Effect> effects = prevoteAndPrecommit.Precommits(3, BlockId.Nil, 1);
        Assert.Equal(new Round(3), prevoteAndPrecommit.Machine.Round);
        // 3 proposes in round 3.
        Assert.Single(effects.OfType<Effect.BuildValue>());

        Driver proposalAndVote = Driver.OfFour();
        proposalAndVote.Propose('a', 2);
        Assert.Equal(Round.Zero, proposalAndVote.Machine.Round);
        proposalAndVote.Prevotes(2, A, 0);
        Assert.Equal(new Round(2), proposalAndVote.Machine.Round);
        Assert.Equal((VoteType.Prevote, A), Driver.Cast(proposalAndVote.Judge('a')));
    }

    [Fact]
    public void L57_propose_timeout_prevotes_nil()
    {
        Driver node = Driver.OfFour();
        Assert.Equal((VoteType.Prevote, BlockId.Nil), Driver.Cast(node.Timeout(TimeoutKind.Propose)));
        Assert.Equal(Step.Prevote, node.Machine.Step);
    }

    [Fact]
    public void L61_prevote_timeout_precommits_nil()
    {
        Driver node = Driver.OfFour();
        node.Sign(node.ProposeValid('a'));
        node.Prevotes(0, BlockId.Nil, 0, 1);
        Assert.Equal((VoteType.Precommit, BlockId.Nil), Driver.Cast(node.Timeout(TimeoutKind.Prevote)));
        Assert.Equal(Step.Precommit, node.Machine.Step);
    }

    [Fact]
    public void L65_precommit_timeout_starts_the_next_round_with_longer_timeouts()
    {
        Driver node = Driver.OfFour();
        List<Effect> effects = node.Timeout(TimeoutKind.Precommit);
        Assert.Equal((new Round(1), Step.Propose), (node.Machine.Round, node.Machine.Step));
        Assert.Equal(1500, Assert.Single(effects.OfType<Effect.ScheduleTimeout>()).DelayMs);
    }

    [Fact]
    public void L57_L61_L65_stale_timeouts_change_nothing()
    {
        Driver node = Driver.OfFour();
        node.FailRound(0);
        Assert.Empty(node.Timeout(TimeoutKind.Propose, 0));
        Assert.Empty(node.Timeout(TimeoutKind.Prevote, 0));
        Assert.Empty(node.Timeout(TimeoutKind.Precommit, 0));
        Assert.Empty(node.Timeout(TimeoutKind.Prevote, 1));
        Assert.Empty(node.Apply(new Input.TimeoutElapsed(new Timeout(new Height(2), new Round(1), TimeoutKind.Propose))));
        Assert.Equal(Step.Propose, node.Machine.Step);
    }
}
