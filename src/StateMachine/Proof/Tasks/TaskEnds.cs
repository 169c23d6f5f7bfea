using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Reputation;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>Which result is trusted, and where the money of a task goes.</summary>
internal static class TaskEnds
{
    /// <summary>The digest whose workers are worth enough against all others, over all rounds; null when none is.</summary>
    public static Hash256? FindTrusted(ExecutionContext context, ComputeTask task)
    {
        SortedDictionary<Hash256, UInt128> groups = [];
        foreach (TaskWorker worker in task.Workers)
        {
            if (worker.Digest.IsZero) continue;
            groups.TryGetValue(worker.Digest, out UInt128 group);
            groups[worker.Digest] = TaskMath.Join(group, WeightOf(context, worker.Address));
        }
        UInt128 all = 0;
        foreach (KeyValuePair<Hash256, UInt128> group in groups) all += group.Value;
        foreach (KeyValuePair<Hash256, UInt128> group in groups)
        {
            if (TaskMath.IsTrusted(group.Value, all, task.Trust)) return group.Key;
        }
        return null;
    }

    /// <summary>Who agreed shares the reward and the stakes of those who did not, or were silent; the last share is the remainder.</summary>
    public static ComputeTask Finish(ExecutionContext context, ComputeTask task, Hash256 digest, MarketTime at)
    {
        List<Address> winners = [];
        ulong pot = task.Reward;
        foreach (TaskWorker worker in task.Workers)
        {
            bool isRight = worker.Round > 0 && worker.Digest == digest;
            if (isRight) winners.Add(worker.Address);
            pot += Release(context, task, worker, isLost: worker.Round > 0 && !isRight, at);
        }
        ulong left = pot;
        for (int i = 0; i < winners.Count; i++)
        {
            ulong paid = i == winners.Count - 1 ? left : pot / (ulong)winners.Count;
            left -= paid;
            Payments.Pay(context, winners[i], paid);
            // A result that nobody checked says nothing of its worker.
            if (winners.Count == 1) continue;
            WorkerStreak.Add(context.State, winners[i]);
            ReputationBook.Count(context, winners[i], ReputationPart.Task, isGood: true, ReputationMath.Million, at);
        }
        return End(context, task with { Result = digest }, TaskState.Done, at, pot, (ulong)winners.Count);
    }

    /// <summary>
    /// The requester has its reward back. Who was drawn and stayed silent loses its stake; who only disagreed does not, nor who waits to hear
    /// whether it is checked.
    /// </summary>
    public static ComputeTask Fail(ExecutionContext context, ComputeTask task, MarketTime at)
    {
        ulong lost = 0;
        foreach (TaskWorker worker in task.Workers)
        {
            bool isAsked = task.State != TaskState.Checking || worker.Round != task.Round;
            lost += Release(context, task, worker, isLost: worker.Round > 0 && worker.Digest.IsZero && isAsked, at);
        }
        SlashSplit.ToPools(context, lost);
        Payments.Pay(context, task.Requester, task.Reward);
        return End(context, task, TaskState.Failed, at, 0, 0);
    }

    private static ComputeTask End(
        ExecutionContext context, ComputeTask task, TaskState state, MarketTime at, ulong paid, ulong winners)
    {
        ComputeTask ended = task with
        {
            State = state,
            Reward = 0,
            DrawRound = 0,
            CheckedOneIn = 0,
            StateUntil = at + context.Block.Parameters.PruneSeconds,
        };
        context.Emit(new Event(state == TaskState.Done ? "TaskDone" : "TaskFailed",
        [
            new("task", task.Id),
            new("from", TaskClock.NameOf(task.State)),
            new("to", TaskClock.NameOf(state)),
            new("result", task.Result),
            new("paid", paid),
            new("winners", winners),
            new("refund", state == TaskState.Failed ? task.Reward : 0),
        ]));
        return ended;
    }

    private static ulong WeightOf(ExecutionContext context, in Address worker)
    {
        ulong samples = ReputationBook.ScoreOf(
            context.State, worker, ReputationPart.Task, context.Now, context.Block.Parameters).Samples;
        return TaskMath.Weight(Math.Min(samples / ReputationMath.Million, 30));
    }

    private static ulong Release(ExecutionContext context, ComputeTask task, TaskWorker worker, bool isLost, MarketTime at)
    {
        Provider provider = Payments.ProviderOf(context, worker.Address).WithUnlocked(task.Stake);
        if (isLost) provider = provider with { Stake = provider.Stake with { Bonded = provider.Stake.Bonded - task.Stake } };
        Providers.Store(context.State, provider);
        if (!isLost) return 0;
        WorkerStreak.Break(context.State, worker.Address);
        ReputationBook.Count(context, worker.Address, ReputationPart.Task, isGood: false, ReputationMath.Million, at);
        context.Emit(new Event("WorkerSlashed",
        [
            new("task", task.Id),
            new("worker", worker.Address),
            new("cause", worker.Digest.IsZero ? "silent" : "wrong"),
            new("amount", task.Stake),
        ]));
        return task.Stake;
    }
}
