using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Core;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Reputation;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Proof;

/// <summary>Adaptive replication (marketplace.md 2.3): who was right often enough works alone, and is checked at random.</summary>
public sealed class AdaptiveTaskTests
{
    private const ulong Reward = 3 * Credit;
    private const ulong WorkerStake = 30 * Credit;

    private readonly MarketWorld _world = new();

    /// <summary>Right results in a row, the trust that is asked for, stake by reward: once in how many it is checked.</summary>
    [Theory]
    [InlineData(9, 1, 100, 0)]
    [InlineData(10, 1, 100, 10)]
    [InlineData(10, 10, 100, 10)]
    [InlineData(10, 11, 100, 0)]
    [InlineData(1000, 1000, 5000, 1000)]
    [InlineData(1000, 100, 10, 10)]
    [InlineData(1000, 1, 1, 0)]
    public void Worker_works_alone_as_its_streak_the_trust_and_the_stake_allow(ulong streak, ulong trust, ulong stakes, ulong oneIn) =>
        Assert.Equal(oneIn, TaskMath.CheckedOneIn(streak, trust, stakes * Reward, Reward));

    /// <summary>Whatever its streak and the stake are: a worker that computes nothing has 3 credits for each that is not checked, and loses its stake.</summary>
    [Fact]
    public void A20_worker_that_cheats_when_it_works_alone_loses_on_average()
    {
        for (ulong streak = 10; streak < 300; streak++)
        {
            for (ulong stake = Reward; stake < 300 * Reward; stake += Reward + 7)
            {
                ulong oneIn = TaskMath.CheckedOneIn(streak, 10, stake, Reward);
                if (oneIn > 0) Assert.True(((Int128)Reward * (oneIn - 1)) - stake <= -(Int128)Reward);
            }
        }
        // Ten times the reward: once in ten. Nine of ten earn 27 credits and the tenth costs 30, so 0.3 credits are lost each time.
        int found = Enumerable.Range(0, 10_000).Count(i => TaskMath.IsChecked(Sha256.Hash(BitConverter.GetBytes(i)), 1, ProviderA, 10));
        Assert.InRange(found, 900, 1100);
        (ulong task, Address alone) = Until(isChecked: true, HashOf(9));
        List<Address> others = [.. Workers(task).Where(worker => worker != alone)];
        // It has seen that it is checked, but its seal binds it; the result of the others is not known yet.
        Assert.All(TaskAt(task).Workers, worker => Assert.True(worker.Digest.IsZero));
        foreach (Address other in others) Commit(task, other, HashOf(1));
        _world.Advance(10);
        _world.Must(alone, new SubmitResult(task, ResultStep.Reveal, HashOf(9)));
        foreach (Address other in others) _world.Must(other, new SubmitResult(task, ResultStep.Reveal, HashOf(1)));
        _world.Advance(10);
        if (TaskAt(task).State == TaskState.Drawing) Finish(task, HashOf(1));
        Assert.Equal((TaskState.Done, HashOf(1)), (TaskAt(task).State, TaskAt(task).Result));
        Assert.Equal(0UL, WorkerStreak.Load(_world.State, alone));
        Assert.Equal(Stake - WorkerStake, _world.ProviderAt(alone).Bonded);
    }

    [Fact]
    public void Lone_worker_that_is_not_checked_has_the_whole_reward_and_no_credit_for_its_streak()
    {
        (ulong task, Address alone) = Until(isChecked: false, HashOf(1));
        Assert.Equal((TaskState.Reveal, 10UL), (TaskAt(task).State, TaskAt(task).CheckedOneIn));
        ulong before = _world.Balance(alone);
        ulong streak = WorkerStreak.Load(_world.State, alone);
        _world.Must(alone, new SubmitResult(task, ResultStep.Reveal, HashOf(1)));
        _world.Advance(10);
        Assert.Equal((TaskState.Done, HashOf(1)), (TaskAt(task).State, TaskAt(task).Result));
        Assert.Equal((before + Reward, streak), (_world.Balance(alone), WorkerStreak.Load(_world.State, alone)));
        Assert.Empty(ReputationBook.Read(_world.State, alone, ReputationPart.Task).Seasons);
    }

    [Fact]
    public void Lone_worker_that_is_checked_and_right_shares_the_reward_and_gains_for_its_streak()
    {
        (ulong task, Address alone) = Until(isChecked: true, HashOf(1));
        // Two others for a trust of five: three new ones who agree are enough.
        List<Address> others = [.. Workers(task).Where(worker => worker != alone)];
        Assert.Equal(2, others.Count);
        foreach (Address other in others) Commit(task, other, HashOf(1));
        _world.Advance(10);
        ulong before = _world.Balance(alone);
        foreach (Address worker in Workers(task)) _world.Must(worker, new SubmitResult(task, ResultStep.Reveal, HashOf(1)));
        _world.Advance(10);
        Assert.Equal((TaskState.Done, before + Credit), (TaskAt(task).State, _world.Balance(alone)));
        Assert.Equal((11UL, 11UL), (WorkerStreak.Load(_world.State, alone), WorkerStreak.Load(_world.State, others[0])));
    }

    [Fact]
    public void Streak_is_of_results_that_others_found_right_and_ends_with_a_wrong_one_or_silence()
    {
        ulong task = Opened(streak: 4);
        List<Address> drawn = Workers(task);
        Assert.Equal(3, drawn.Count);
        Assert.Equal(0UL, TaskAt(task).CheckedOneIn);
        Commit(task, drawn[0], HashOf(1));
        Commit(task, drawn[1], HashOf(9));
        _world.Advance(10);
        _world.Must(drawn[0], new SubmitResult(task, ResultStep.Reveal, HashOf(1)));
        _world.Must(drawn[1], new SubmitResult(task, ResultStep.Reveal, HashOf(9)));
        _world.Advance(10);
        Finish(task, HashOf(1));
        Assert.Equal(TaskState.Done, TaskAt(task).State);
        Assert.Equal((5UL, 0UL, 0UL), (Streak(drawn[0]), Streak(drawn[1]), Streak(drawn[2])));
        Assert.Equal(8, Everybody.Length);
        Assert.Equal(4, Everybody.Count(worker => Streak(worker) == 5));
    }

    [Fact]
    public void Check_that_finds_nobody_or_no_beacon_refunds_all()
    {
        // One worker alone is not worth a trust of five, so that a result which cannot be checked is none.
        ulong task = 0;
        do
        {
            task = Opened(workers: 1);
            Commit(task, Everybody[0], HashOf(1));
            _world.Advance(10);
            Assert.Equal(TaskState.Checking, TaskAt(task).State);
            _world.FinishRound();
            if (TaskAt(task).State == TaskState.Commit) break;
            _world.Must(Everybody[0], new SubmitResult(task, ResultStep.Reveal, HashOf(1)));
            _world.Advance(10);
        } while (task < 200);
        _world.Advance(10);
        _world.Must(Everybody[0], new SubmitResult(task, ResultStep.Reveal, HashOf(1)));
        ulong tenant = _world.Balance(Tenant);
        _world.Advance(10);
        Assert.Equal((TaskState.Failed, tenant + Reward), (TaskAt(task).State, _world.Balance(Tenant)));
        ulong silent = Opened(workers: 1);
        Commit(silent, Everybody[0], HashOf(1));
        _world.Advance(10);
        _world.Advance(10);
        Assert.Equal((TaskState.Failed, tenant), (TaskAt(silent).State, _world.Balance(Tenant) + Storage - Reward));
        Assert.Equal((Stake, 0UL, 10UL), (_world.ProviderAt(Everybody[0]).Bonded, _world.ProviderAt(Everybody[0]).Locked, Streak(Everybody[0])));
    }

    [Fact]
    public void Lone_worker_that_is_silent_loses_its_stake_and_another_is_drawn()
    {
        ulong task = Opened();
        Address alone = Assert.Single(Workers(task));
        _world.Advance(10);
        Assert.Equal(TaskState.Reveal, TaskAt(task).State);
        _world.Advance(10);
        _world.FinishRound();
        Address next = Assert.Single(Workers(task));
        Assert.NotEqual(alone, next);
        Assert.Equal(10UL, TaskAt(task).CheckedOneIn);
    }

    private static Address[] Everybody => [.. Enumerable.Range(70, 8).Select(i => AddressOf((byte)i))];

    private ulong Streak(in Address worker) => WorkerStreak.Load(_world.State, worker);

    /// <summary>A task whose workers are drawn, with the streaks that everybody has.</summary>
    private ulong Opened(ulong streak = 10, int workers = 8)
    {
        foreach (Address worker in Everybody)
        {
            if (Providers.Load(_world.State, worker) is null)
            {
                _world.Mint(worker, StartFunds);
                _world.AddProvider(worker, "eu");
            }
            WorkerStreak.Break(_world.State, worker);
            for (ulong i = 0; i < streak; i++) WorkerStreak.Add(_world.State, worker);
        }
        _world.Must(Tenant, new OpenTask(HashOf(1), Reward, 5, WorkerStake) { IsAdaptive = true });
        ulong id = Counters.Last(_world.State, CounterKind.Task);
        foreach (Address worker in Everybody[..workers]) _world.Must(worker, new SubmitResult(id, ResultStep.Enrol, default));
        _world.Advance(10);
        _world.FinishRound();
        return id;
    }

    /// <summary>Tasks of lone workers until the beacon says what is wanted of one; the others are given up.</summary>
    private (ulong Task, Address Alone) Until(bool isChecked, Hash256 digest)
    {
        for (int i = 0; i < 200; i++)
        {
            ulong task = Opened();
            Address alone = Assert.Single(Workers(task));
            Commit(task, alone, digest);
            Assert.Equal(TaskState.Commit, TaskAt(task).State);
            _world.Advance(10);
            Assert.Equal(TaskState.Checking, TaskAt(task).State);
            _world.FinishRound();
            if ((TaskAt(task).State == TaskState.Commit) == isChecked) return (task, alone);
            if (!isChecked) foreach (Address other in Workers(task).Where(worker => worker != alone)) Commit(task, other, digest);
            if (!isChecked) _world.Advance(10);
            foreach (Address worker in Workers(task)) _world.Must(worker, new SubmitResult(task, ResultStep.Reveal, digest));
            _world.Advance(10);
        }
        throw new InvalidOperationException("the beacon always says the same");
    }

    /// <summary>One more round, in which everybody says the same.</summary>
    private void Finish(ulong task, Hash256 digest)
    {
        _world.FinishRound();
        List<Address> drawn = Workers(task);
        foreach (Address worker in drawn) Commit(task, worker, digest);
        _world.Advance(10);
        foreach (Address worker in drawn) _world.Must(worker, new SubmitResult(task, ResultStep.Reveal, digest));
        _world.Advance(10);
    }

    private void Commit(ulong task, in Address worker, Hash256 digest) =>
        _world.Must(worker, new SubmitResult(task, ResultStep.Commit, TaskMath.Seal(ChainId, task, worker, digest)));

    private ComputeTask TaskAt(ulong id) => TaskStore.Read(_world.State, id)!;

    private List<Address> Workers(ulong task) =>
        [.. TaskAt(task).Workers.Where(worker => worker.Round > 0 && worker.Round == TaskAt(task).Round).Select(worker => worker.Address)];
}
