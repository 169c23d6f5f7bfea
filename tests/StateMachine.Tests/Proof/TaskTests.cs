using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Reputation;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Proof;

public sealed class TaskTests
{
    private const ulong Reward = 3 * Credit;
    private const ulong WorkerStake = 5 * Credit;

    private readonly MarketWorld _world = new();

    /// <summary>Numbers of marketplace.md 2.2, for new workers who agree.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    [InlineData(10, 4)]
    [InlineData(50, 6)]
    [InlineData(100, 7)]
    [InlineData(1000, 10)]
    public void Workers_needed_follow_the_checked_table(ulong trust, int workers) => Assert.Equal(workers, TaskMath.WorkersFor(trust));

    [Fact]
    public void Worker_with_many_good_results_is_worth_more()
    {
        Assert.Equal(2UL, TaskMath.Weight(0));
        Assert.Equal(2UL, TaskMath.Weight(11));
        Assert.Equal(9UL, TaskMath.Weight(30));
    }

    [Fact]
    public void Result_on_which_the_drawn_agree_is_taken_and_paid()
    {
        ulong task = Opened(trust: 5);
        List<Address> drawn = Drawn(task);
        Assert.Equal(3, drawn.Count);
        Answer(task, drawn, HashOf(1), HashOf(1), HashOf(1));
        Assert.Equal((TaskState.Done, HashOf(1)), (TaskAt(task).State, TaskAt(task).Result));
        Assert.All(drawn, worker => Assert.Equal((StartFunds + Credit, 0UL), (_world.Balance(worker), _world.ProviderAt(worker).Locked)));
        Assert.All(drawn, worker => Assert.Equal(1_000_000UL, ReputationBook.Read(_world.State, worker, ReputationPart.Task).Seasons[0].Good));
        Assert.All(Workers, worker => Assert.Equal(Stake, _world.ProviderAt(worker).Bonded));
        _world.Advance(3600);
        Assert.Equal(StartFunds - Reward, _world.Balance(Tenant));
    }

    [Fact]
    public void A20_lone_liar_costs_another_round_and_loses_its_stake_to_the_honest()
    {
        ulong task = Opened(trust: 5);
        List<Address> first = Drawn(task);
        Answer(task, first, HashOf(1), HashOf(1), HashOf(9));
        // 4 against 2: 4 · 5 is not above 7 · 4, so three more are drawn.
        Assert.Equal(TaskState.Drawing, TaskAt(task).State);
        _world.FinishRound();
        List<Address> second = Drawn(task, round: 2);
        Assert.Empty(first.Intersect(second));
        Answer(task, second, HashOf(1), HashOf(1), HashOf(1));
        Assert.Equal((TaskState.Done, HashOf(1)), (TaskAt(task).State, TaskAt(task).Result));
        // The liar's net result: −5 credits. Reward and stake are shared by five.
        Assert.Equal((Stake - WorkerStake, StartFunds), (_world.ProviderAt(first[2]).Bonded, _world.Balance(first[2])));
        Assert.Equal(StartFunds + ((Reward + WorkerStake) / 5), _world.Balance(first[0]));
    }

    [Fact]
    public void A21_copied_or_hidden_result_earns_nothing()
    {
        ulong task = Opened(trust: 5);
        List<Address> drawn = Drawn(task);
        Hash256 seal = TaskMath.Seal(ChainId, task, drawn[0], HashOf(1));
        _world.Must(drawn[0], new SubmitResult(task, ResultStep.Commit, seal));
        // The copier takes the seal before it knows the result, and the result once it is revealed.
        _world.Must(drawn[1], new SubmitResult(task, ResultStep.Commit, seal));
        _world.Advance(10);
        _world.Must(drawn[0], new SubmitResult(task, ResultStep.Reveal, HashOf(1)));
        Assert.Equal(ResultCode.BadCommit, _world.Send(drawn[1], new SubmitResult(task, ResultStep.Reveal, HashOf(1))));
        Assert.Equal(ResultCode.BadCommit, _world.Send(drawn[2], new SubmitResult(task, ResultStep.Reveal, HashOf(1))));
        _world.Advance(10);
        _world.FinishRound();
        List<Address> second = Drawn(task, round: 2);
        Answer(task, second, HashOf(1), HashOf(1), HashOf(1));
        Assert.Equal(TaskState.Done, TaskAt(task).State);
        foreach (Address free in (Address[])[drawn[1], drawn[2]])
        {
            Assert.Equal((Stake - WorkerStake, StartFunds), (_world.ProviderAt(free).Bonded, _world.Balance(free)));
        }
    }

    [Fact]
    public void Task_without_workers_or_agreement_fails_and_refunds_the_requester()
    {
        _world.Must(Tenant, new OpenTask(HashOf(1), Reward, 5, WorkerStake));
        _world.Advance(10);
        Assert.Equal(TaskState.Failed, TaskAt(1).State);
        Assert.Equal(StartFunds - Storage, _world.Balance(Tenant));
        ulong silent = Opened(trust: 5);
        _world.Advance(10);
        Assert.Equal(TaskState.Reveal, TaskAt(silent).State);
        _world.Advance(10);
        _world.Advance(10);
        Assert.Equal(TaskState.Failed, TaskAt(silent).State);
        Assert.Equal(StartFunds - (2 * Storage), _world.Balance(Tenant));
        Assert.Equal(3, Workers.Count(worker => _world.ProviderAt(worker).Bonded == Stake - WorkerStake));
        Assert.All(Workers, worker => Assert.Equal(0UL, _world.ProviderAt(worker).Locked));
        // Everybody says something else: nobody is right, and nobody is punished for it.
        ulong babel = Opened(trust: 5, stake: 4 * Credit);
        byte word = 1;
        for (int round = 1; round <= 3 && TaskAt(babel).State != TaskState.Failed; round++)
        {
            List<Address> drawn = Drawn(babel, round);
            Answer(babel, drawn, [.. drawn.Select(_ => HashOf(word++))]);
            if (TaskAt(babel).State == TaskState.Drawing) _world.FinishRound();
        }
        Assert.Equal(TaskState.Failed, TaskAt(babel).State);
        Assert.All(Workers, worker => Assert.Equal(0UL, _world.ProviderAt(worker).Locked));
        Assert.Equal(3, Workers.Count(worker => _world.ProviderAt(worker).Bonded == Stake - WorkerStake));
    }

    [Fact]
    public void Task_message_that_breaks_a_rule_is_refused_with_its_code()
    {
        OpenTask good = new(HashOf(1), Reward, 5, WorkerStake);
        Assert.Equal(ResultCode.BadSchema, _world.Send(Tenant, good with { SpecHash = default }));
        Assert.Equal(ResultCode.BelowMinimum, _world.Send(Tenant, good with { Reward = 0 }));
        Assert.Equal(ResultCode.BelowMinimum, _world.Send(Tenant, good with { Trust = 0 }));
        Assert.Equal(ResultCode.BelowMinimum, _world.Send(Tenant, good with { Stake = Reward - 1 }));
        Assert.Equal(ResultCode.OverMaximum, _world.Send(Tenant, good with { Trust = 1_000_001 }));
        Assert.Equal(ResultCode.Overflow, _world.Send(Tenant, good with { Reward = ulong.MaxValue, Stake = ulong.MaxValue }));
        Assert.Equal(ResultCode.InsufficientFunds, _world.Send(Tenant, good with { Reward = StartFunds, Stake = StartFunds }));
        ulong task = Opened(trust: 5, draw: false);
        SubmitResult enrol = new(task, ResultStep.Enrol, default);
        Assert.Equal(ResultCode.NotFound, _world.Send(ProviderA, enrol with { TaskId = 9 }));
        Assert.Equal(ResultCode.NotFound, _world.Send(Stranger, enrol));
        Assert.Equal(ResultCode.AlreadyDone, _world.Send(Workers[0], enrol));
        _world.AddProvider(Tenant, "eu");
        Assert.Equal(ResultCode.SelfDeal, _world.Send(Tenant, enrol));
        _world.AddProvider(Stranger, "eu", stake: WorkerStake - 1);
        Assert.Equal(ResultCode.StakeLocked, _world.Send(Stranger, enrol));
        Providers.Store(_world.State, _world.ProviderAt(Stranger) with { Status = ProviderStatus.Paused });
        Assert.Equal(ResultCode.BadState, _world.Send(Stranger, enrol));
        Assert.Equal(ResultCode.TooEarly, _world.Send(Workers[0], new SubmitResult(task, ResultStep.Commit, HashOf(1))));
        Assert.Equal(ResultCode.NotDrawn, _world.Send(Issuer, new SubmitResult(task, ResultStep.Commit, HashOf(1))));
        _world.Advance(10);
        Assert.Equal(ResultCode.TooLate, _world.Send(ProviderB, enrol));
        _world.FinishRound();
        List<Address> drawn = Drawn(task);
        Address waiting = Workers.First(worker => !drawn.Contains(worker));
        Assert.Equal(ResultCode.NotDrawn, _world.Send(waiting, new SubmitResult(task, ResultStep.Commit, HashOf(1))));
        Assert.Equal(ResultCode.TooEarly, _world.Send(drawn[0], new SubmitResult(task, ResultStep.Reveal, HashOf(1))));
        _world.Must(drawn[0], new SubmitResult(task, ResultStep.Commit, HashOf(1)));
        Assert.Equal(ResultCode.AlreadyDone, _world.Send(drawn[0], new SubmitResult(task, ResultStep.Commit, HashOf(1))));
        _world.Advance(10);
        Assert.Equal(ResultCode.TooLate, _world.Send(drawn[1], new SubmitResult(task, ResultStep.Commit, HashOf(1))));
        byte[] bytes = TaskAt(task).Encode();
        Assert.True(ComputeTask.TryDecode(bytes, out ComputeTask read, out _));
        Assert.Equal(bytes, read.Encode());
        for (int length = 0; length < bytes.Length; length++) Assert.False(ComputeTask.TryDecode(bytes.AsSpan(0, length), out _, out _));
    }

    private static Address[] Workers => [.. Enumerable.Range(70, 8).Select(i => AddressOf((byte)i))];

    private ulong Opened(ulong trust, ulong stake = WorkerStake, bool draw = true)
    {
        foreach (Address worker in Workers)
        {
            if (Providers.Load(_world.State, worker) is not null) continue;
            _world.Mint(worker, StartFunds);
            _world.AddProvider(worker, "eu");
        }
        _world.Must(Tenant, new OpenTask(HashOf(1), Reward, trust, stake));
        ulong id = Counters.Last(_world.State, CounterKind.Task);
        foreach (Address worker in Workers) _world.Must(worker, new SubmitResult(id, ResultStep.Enrol, default));
        if (!draw) return id;
        _world.Advance(10);
        _world.FinishRound();
        return id;
    }

    private ComputeTask TaskAt(ulong id) => TaskStore.Read(_world.State, id)!;

    private List<Address> Drawn(ulong task, int round = 1) =>
        [.. TaskAt(task).Workers.Where(worker => worker.Round == round).Select(worker => worker.Address)];

    private void Answer(ulong task, List<Address> workers, params Hash256[] digests)
    {
        for (int i = 0; i < workers.Count; i++)
        {
            _world.Must(workers[i], new SubmitResult(task, ResultStep.Commit, TaskMath.Seal(ChainId, task, workers[i], digests[i])));
        }
        _world.Advance(10);
        for (int i = 0; i < workers.Count; i++) _world.Must(workers[i], new SubmitResult(task, ResultStep.Reveal, digests[i]));
        _world.Advance(10);
    }
}
