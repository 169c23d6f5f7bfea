using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>What time and the beacon do to a task. Whatever anybody leaves undone, it ends after so many rounds.</summary>
public static class TaskClock
{
    /// <summary>The task at the block's time, or null when there is none (any more).</summary>
    public static ComputeTask? Load(ExecutionContext context, ulong id)
    {
        ComputeTask? task = TaskStore.Read(context.State, id);
        while (task is not null)
        {
            ComputeTask? next = Step(context, task);
            if (ReferenceEquals(next, task)) return task;
            if (next is null) TaskStore.Delete(context.State, task);
            else TaskStore.Store(context.State, task, next);
            task = next;
        }
        return null;
    }

    internal static void Move(ExecutionContext context, byte[] id) => Load(context, BinaryPrimitives.ReadUInt64BigEndian(id));

    internal static void EmitMoved(ExecutionContext context, ComputeTask before, ComputeTask after) => context.Emit(new Event("TaskMoved",
    [
        new("task", after.Id),
        new("from", NameOf(before.State)),
        new("to", NameOf(after.State)),
        new("round", after.Round),
        new("until", after.StateUntil.Seconds),
    ]));

    internal static string NameOf(TaskState state) => state.ToString().ToLowerInvariant();

    private static ComputeTask? Step(ExecutionContext context, ComputeTask task)
    {
        bool isDrawing = task.State is TaskState.Drawing or TaskState.Checking;
        if (isDrawing && Draws.Find(context.State, task.DrawRound, task.StateUntil) is { } value)
        {
            return task.State == TaskState.Drawing ? Draw(context, task, value) : Check(context, task, value);
        }
        if (task.StateUntil > context.Now) return task;
        return task.State switch
        {
            TaskState.Enrol => Ask(context, task, task.StateUntil),
            // Nothing is taken that could not be checked.
            TaskState.Drawing or TaskState.Checking => TaskEnds.Fail(context, task, task.StateUntil),
            TaskState.Commit when task.CheckedOneIn > 0 && !task.Workers[task.FindOfRound()].Seal.IsZero => AskForCheck(context, task, task.StateUntil),
            TaskState.Commit => Reveal(context, task, task.StateUntil),
            TaskState.Reveal => Judge(context, task, task.StateUntil),
            _ => Prune(context, task),
        };
    }

    /// <summary>Those who enrolled are fixed from here on, so a draw may be made from them.</summary>
    private static ComputeTask Ask(ExecutionContext context, ComputeTask task, MarketTime at)
    {
        Parameters parameters = context.Block.Parameters;
        int waiting = 0;
        foreach (TaskWorker worker in task.Workers) waiting += worker.Round == 0 ? 1 : 0;
        if (waiting == 0 || task.Round >= parameters.TaskRoundsMax) return TaskEnds.Fail(context, task, at);
        ulong round = Draws.Request(context, TimedKind.Task, Schema.Key(ProofSchema.Task, task.Id).AsSpan(1));
        ComputeTask asking = task with
        {
            State = TaskState.Drawing,
            DrawRound = round,
            StateUntil = at + parameters.TaskCommitSeconds,
        };
        EmitMoved(context, task, asking);
        return asking;
    }

    private static ComputeTask Draw(ExecutionContext context, ComputeTask task, BeaconValue value)
    {
        byte round = (byte)(task.Round + 1);
        List<ulong> weights = [];
        foreach (TaskWorker worker in task.Workers) weights.Add(worker.Round == 0 ? 1UL : 0UL);
        ComputeTask drawn = task with
        {
            State = TaskState.Commit,
            Round = round,
            DrawRound = 0,
            StateUntil = value.At + context.Block.Parameters.TaskCommitSeconds,
        };
        List<int> places = DrawMath.Weighted(
            DrawMath.Seed(value.Value, "task"u8, Schema.Key(round, task.Id)), weights, TaskMath.WorkersFor(task.Trust));
        // Where results contradict each other, one more alone does not settle it.
        ulong streak = task.IsAdaptive && !task.HasResult ? WorkerStreak.Load(context.State, task.Workers[places[0]].Address) : 0;
        ulong oneIn = TaskMath.CheckedOneIn(streak, task.Trust, task.Stake, task.Reward);
        if (oneIn > 0) places.RemoveRange(1, places.Count - 1);
        drawn = Seat(context, drawn with { CheckedOneIn = oneIn }, places);
        EmitMoved(context, task, drawn);
        return drawn;
    }

    private static ComputeTask Seat(ExecutionContext context, ComputeTask task, List<int> places)
    {
        ComputeTask seated = task;
        foreach (int place in places)
        {
            seated = seated.With(place, seated.Workers[place] with { Round = task.Round });
            context.Emit(new Event("WorkerDrawn",
            [
                new("task", task.Id), new("worker", seated.Workers[place].Address), new("round", task.Round), new("checked_one_in", task.CheckedOneIn),
            ]));
        }
        return seated;
    }

    /// <summary>
    /// The lone worker is bound by its seal now, so whether others check it may be drawn. It has not revealed its result, which they could
    /// copy otherwise.
    /// </summary>
    private static ComputeTask AskForCheck(ExecutionContext context, ComputeTask task, MarketTime at)
    {
        ulong round = Draws.Request(context, TimedKind.Task, Schema.Key(ProofSchema.Task, task.Id).AsSpan(1));
        ComputeTask checking = task with
        {
            State = TaskState.Checking,
            DrawRound = round,
            StateUntil = at + context.Block.Parameters.TaskCommitSeconds,
        };
        EmitMoved(context, task, checking);
        return checking;
    }

    /// <summary>Once in so many, others commit themselves to the same work, and all reveal together; else the lone worker reveals.</summary>
    private static ComputeTask Check(ExecutionContext context, ComputeTask task, BeaconValue value)
    {
        Address alone = task.Workers[task.FindOfRound()].Address;
        if (!TaskMath.IsChecked(value.Value, task.Id, alone, task.CheckedOneIn)) return Reveal(context, task with { DrawRound = 0 }, value.At);
        List<ulong> weights = [];
        foreach (TaskWorker worker in task.Workers) weights.Add(worker.Round == 0 ? 1UL : 0UL);
        ComputeTask others = task with
        {
            State = TaskState.Commit,
            DrawRound = 0,
            CheckedOneIn = 0,
            StateUntil = value.At + context.Block.Parameters.TaskCommitSeconds,
        };
        int count = Math.Max(1, TaskMath.WorkersFor(task.Trust) - 1);
        ComputeTask seated = Seat(context, others, DrawMath.Weighted(DrawMath.Seed(value.Value, "task-others"u8, Schema.Key(task.Round, task.Id)), weights, count));
        EmitMoved(context, task, seated);
        return seated;
    }

    private static ComputeTask Reveal(ExecutionContext context, ComputeTask task, MarketTime at)
    {
        ComputeTask revealing = task with
        {
            State = TaskState.Reveal,
            StateUntil = at + context.Block.Parameters.TaskRevealSeconds,
        };
        EmitMoved(context, task, revealing);
        return revealing;
    }

    private static ComputeTask Judge(ExecutionContext context, ComputeTask task, MarketTime at)
    {
        Hash256 alone = task.CheckedOneIn > 0 ? task.Workers[task.FindOfRound()].Digest : default;
        Hash256? digest = alone.IsZero ? TaskEnds.FindTrusted(context, task) : alone;
        return digest is { } taken ? TaskEnds.Finish(context, task, taken, at) : Ask(context, task with { CheckedOneIn = 0 }, at);
    }

    private static ComputeTask? Prune(ExecutionContext context, ComputeTask task)
    {
        Payments.Pay(context, task.Requester, task.StorageDeposit);
        context.Emit(new Event("TaskPruned",
            [new("task", task.Id), new("from", NameOf(task.State)), new("to", "gone"), new("storage_deposit", task.StorageDeposit)]));
        return null;
    }
}
