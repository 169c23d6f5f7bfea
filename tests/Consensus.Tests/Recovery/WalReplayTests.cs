using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Consensus.Tests.Core;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Recovery;

public sealed class WalReplayTests
{
    private static readonly BlockId A = TestSet.Block('a');

    [Fact]
    public void Replay_without_records_simply_starts_the_height()
    {
        (HeightMachine machine, List<Effect> effects) = Replay([]);
        Assert.Equal((new Height(1), Step.Propose), (machine.Height, machine.Step));
        Assert.Contains(effects, effect => effect is Effect.Persist { Record: WalRecord.HeightStarted });
    }

    [Fact]
    public void Replay_brings_back_lock_and_votes_and_sends_them_again_without_signing()
    {
        Recorder recorder = new(self: 3);
        recorder.Sign(recorder.ProposeValid('a'));
        recorder.Sign(recorder.Prevotes(0, A, 0, 1));
        (HeightMachine machine, List<Effect> effects) = Replay(recorder.Records);
        Assert.Equal((A, Round.Zero, Step.Precommit), (machine.LockedValue, machine.LockedRound, machine.Step));
        Assert.Empty(effects.OfType<Effect.SignVote>());
        Assert.Empty(effects.OfType<Effect.Persist>());
        VoteType[] sent = effects.OfType<Effect.BroadcastVote>().Select(effect => effect.Vote.Type).ToArray();
        Assert.Equal([VoteType.Prevote, VoteType.Precommit], sent);
    }

    [Fact]
    public void Replay_asks_again_for_a_signature_that_was_never_recorded()
    {
        Recorder recorder = new(self: 3);
        UnsignedVote asked = Driver.VoteIn(recorder.Driver.Timeout(TimeoutKind.Propose).Also(recorder.Keep))!;
        (_, List<Effect> effects) = Replay(recorder.Records);
        Assert.Equal(asked, Assert.Single(effects.OfType<Effect.SignVote>()).Vote);
    }

    [Fact]
    public void Replay_asks_again_for_a_block_that_was_judged_but_not_stored()
    {
        Recorder recorder = new(self: 3) { StoresBlocks = false };
        recorder.Sign(recorder.ProposeValid('a'));
        (HeightMachine machine, List<Effect> effects) = Replay(recorder.Records);
        Assert.Equal(A, Assert.Single(effects.OfType<Effect.ValidateValue>()).BlockId);
        EffectList judged = new();
        machine.Apply(new Input.ValueValidated(new Height(1), A, true, TestSet.TimeOf('a')), judged);
        // The prevote was cast before the crash: the step moves, nothing is signed twice.
        Assert.Equal(Step.Prevote, machine.Step);
        Assert.DoesNotContain(judged, effect => effect is Effect.SignVote);
    }

    [Fact]
    public void Replay_of_a_proposer_does_not_build_a_second_block_for_one_round()
    {
        Recorder recorder = new(self: 0);
        recorder.Keep(recorder.Driver.Apply(new Input.ValueBuilt(new Height(1), Round.Zero, A, TestSet.TimeOf('a'))));
        (_, List<Effect> before) = Replay(recorder.Records, self: 0);
        Assert.Single(before.OfType<Effect.BuildValue>());

        recorder.Keep(recorder.Driver.Apply(new Input.ProposalSigned(TestSet.Propose('a', 0), TestSet.TimeOf('a').UnixMs)));
        (_, List<Effect> after) = Replay(recorder.Records, self: 0);
        Assert.Empty(after.OfType<Effect.BuildValue>());
        Assert.Empty(after.OfType<Effect.SignProposal>());
        Assert.Single(after.OfType<Effect.BroadcastProposal>());
    }

    [Fact]
    public void Replay_arms_the_timeouts_that_had_not_fired()
    {
        Recorder recorder = new(self: 3);
        recorder.Sign(recorder.Driver.Timeout(TimeoutKind.Propose).Also(recorder.Keep));
        recorder.Prevotes(0, A, 0);
        recorder.Prevotes(0, BlockId.Nil, 1);
        recorder.Keep(recorder.Driver.Precommits(0, A, 0));
        recorder.Keep(recorder.Driver.Precommits(0, BlockId.Nil, 1, 2));
        (_, List<Effect> effects) = Replay(recorder.Records);
        Assert.Equal([TimeoutKind.Prevote, TimeoutKind.Precommit], Driver.Scheduled(effects));
    }

    [Fact]
    public void Replay_of_a_decided_height_decides_again()
    {
        Recorder recorder = new(self: 3);
        recorder.ProposeValid('a');
        recorder.Keep(recorder.Driver.Precommits(0, A, 0, 1, 2));
        (HeightMachine machine, List<Effect> effects) = Replay(recorder.Records);
        Assert.Equal(Step.Decided, machine.Step);
        Assert.Equal(A, Assert.Single(effects.OfType<Effect.Decide>()).Commit.BlockId);
    }

    [Fact]
    public void Replay_reports_evidence_again()
    {
        Recorder recorder = new(self: 3);
        recorder.Prevotes(0, A, 0);
        recorder.Prevotes(0, BlockId.Nil, 0);
        (_, List<Effect> effects) = Replay(recorder.Records);
        Assert.Single(effects.OfType<Effect.ReportEvidence>());
    }

    [Fact]
    public void Replay_keeps_to_the_wait_that_was_recorded()
    {
        Recorder recorder = new(self: 3, waitMs: 700);
        (HeightMachine machine, List<Effect> effects) = Replay(recorder.Records);
        Assert.True(machine.IsWaitingForWork);
        Assert.Equal(700, Assert.Single(effects.OfType<Effect.ScheduleTimeout>()).DelayMs);
        recorder.Keep(recorder.Driver.Apply(new Input.WorkAvailable()));
        Assert.False(Replay(recorder.Records).Machine.IsWaitingForWork);
    }

    [Fact]
    public void Replay_counts_the_vote_that_the_guard_alone_holds()
    {
        // The power fails after the prevote for a block was signed, before its record and the block were on the disk.
        Recorder recorder = new(self: 3) { StoresBlocks = false };
        SignRequest prevote = SignRequest.Of(Driver.VoteIn(recorder.ProposeValid('a'))!, TestSet.TimeOf('a').AddMs(5));
        SignGuard guard = SignGuard.Arm(default).After(TestSet.ChainId, prevote, default);
        (HeightMachine machine, List<Effect> effects) = Replay(recorder.Records, guard: guard);
        Assert.Equal(A, machine.Rounds[0].Prevotes.Of(3)?.BlockId);
        Assert.Equal(A, Assert.Single(effects.OfType<Effect.BroadcastVote>()).Vote.BlockId);
        Assert.Contains(effects, effect => effect is Effect.Persist { Record: WalRecord.VoteSeen });

        // The block is gone for good: the round goes on by its timeouts, and asks for no vote that the guard must refuse.
        EffectList elapsed = new();
        machine.Apply(new Input.TimeoutElapsed(new Timeout(new Height(1), Round.Zero, TimeoutKind.Propose)), elapsed);
        Assert.Equal(Step.Prevote, machine.Step);
        Assert.DoesNotContain(elapsed, effect => effect is Effect.SignVote);
    }

    [Fact]
    public void Replay_of_an_empty_log_counts_the_vote_that_the_guard_holds()
    {
        // A prevote waits for no fsync of the log, so the power may take all records of its height.
        SignRequest prevote = SignRequest.Of(Driver.VoteIn(new Recorder(self: 3).ProposeValid('a'))!, TestSet.TimeOf('a').AddMs(5));
        SignGuard guard = SignGuard.Arm(default).After(TestSet.ChainId, prevote, default);
        (HeightMachine machine, List<Effect> effects) = Replay([], guard: guard);
        Assert.Equal(A, machine.Rounds[0].Prevotes.Of(3)?.BlockId);
        Assert.Contains(effects, effect => effect is Effect.Persist { Record: WalRecord.HeightStarted });
        Assert.Contains(effects, effect => effect is Effect.Persist { Record: WalRecord.VoteSeen });
        Assert.Equal([TimeoutKind.Propose], Driver.Scheduled(effects));

        EffectList elapsed = new();
        machine.Apply(new Input.TimeoutElapsed(new Timeout(new Height(1), Round.Zero, TimeoutKind.Propose)), elapsed);
        Assert.Equal(Step.Prevote, machine.Step);
        Assert.DoesNotContain(elapsed, effect => effect is Effect.SignVote);
    }

    [Fact]
    public void Replay_of_a_proposer_whose_block_is_lost_goes_on_when_the_guard_refuses_another()
    {
        // The guard holds a proposal, the power took the block: the new one gets no signature, and the round ends by its timeout.
        (HeightMachine machine, List<Effect> effects) = Replay([], self: 0);
        Assert.Single(effects.OfType<Effect.BuildValue>());
        EffectList built = new();
        machine.Apply(new Input.ValueBuilt(new Height(1), Round.Zero, TestSet.Block('b'), TestSet.TimeOf('b')), built);
        Assert.Single(built.ToList().OfType<Effect.SignProposal>());
        machine.Apply(new Input.SignRefused(new Height(1), Round.Zero, VoteType.Proposal, SignCode.Conflict), new EffectList());

        EffectList elapsed = new();
        machine.Apply(new Input.TimeoutElapsed(new Timeout(new Height(1), Round.Zero, TimeoutKind.Propose)), elapsed);
        Assert.True(Driver.VoteIn(elapsed.ToList())!.BlockId.IsNil);
    }

    private static (HeightMachine Machine, List<Effect> Effects) Replay(
        IReadOnlyList<WalRecord> records, int self = 3, SignGuard? guard = null)
    {
        TestSet set = TestSet.Equal(4);
        HeightMachine machine = new(set.AddressOf(self));
        EffectList effects = new();
        WalReplay.Run(machine, set.Start(), records, effects, guard);
        return (machine, effects.ToList());
    }

    /// <summary>A driver whose records are kept.</summary>
    private sealed class Recorder
    {
        public Recorder(int self, long waitMs = 0)
        {
            Driver = Driver.OfFour(self, waitMs);
            Keep(Driver.Started);
        }

        public Driver Driver { get; }

        public bool StoresBlocks { get; init; } = true;

        public List<WalRecord> Records { get; } = [];

        public List<Effect> ProposeValid(char name)
        {
            List<Effect> effects = Driver.ProposeValid(name);
            Keep(effects);
            if (StoresBlocks) Records.Add(new WalRecord.BlockStored(new Height(1), TestSet.Block(name), new byte[] { 1 }));
            return effects;
        }

        public List<Effect> Prevotes(int round, BlockId id, params int[] from) => Driver.Prevotes(round, id, from).Also(Keep);

        public void Sign(List<Effect> effects) => Keep(Driver.Sign(effects));

        public void Keep(List<Effect> effects) => Records.AddRange(effects.OfType<Effect.Persist>().Select(effect => effect.Record));
    }
}
