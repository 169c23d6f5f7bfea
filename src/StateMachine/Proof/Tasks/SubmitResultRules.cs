using Chain.StateMachine.Execution;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>Kind 20, version 2.</summary>
public static class SubmitResultRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        SubmitResult request = (SubmitResult)message;
        ComputeTask? task = TaskClock.Load(context, request.TaskId);
        if (task is null) return ResultCode.NotFound;
        int place = task.Find(context.Sender);
        if (request.Step == ResultStep.Enrol) return Enrol(context, task, place);
        if (place < 0) return ResultCode.NotDrawn;
        TaskWorker worker = task.Workers[place];
        if (task.State is TaskState.Enrol or TaskState.Drawing) return ResultCode.TooEarly;
        if (task.IsOver) return ResultCode.TooLate;
        if (worker.Round != task.Round) return worker.Round == 0 ? ResultCode.NotDrawn : ResultCode.TooLate;
        return request.Step == ResultStep.Commit
            ? Commit(context, task, place, worker, request)
            : Reveal(context, task, place, worker, request);
    }

    private static ResultCode Enrol(ExecutionContext context, ComputeTask task, int place)
    {
        Provider? provider = CapacityClock.LoadProvider(context, context.Sender);
        if (provider is null) return ResultCode.NotFound;
        if (task.State != TaskState.Enrol) return ResultCode.TooLate;
        if (!provider.MayBid) return ResultCode.BadState;
        if (task.Requester == context.Sender) return ResultCode.SelfDeal;
        if (place >= 0) return ResultCode.AlreadyDone;
        if (task.Workers.Count == ComputeTask.WorkersMax) return ResultCode.OverMaximum;
        if (provider.StakeFree < task.Stake) return ResultCode.StakeLocked;
        Providers.Store(context.State, provider.WithLocked(task.Stake));
        TaskStore.Store(context.State, task, task with
        {
            Workers = [.. task.Workers, new TaskWorker(context.Sender, 0, default, default)],
        });
        context.Emit(new Event("WorkerEnrolled",
            [new("task", task.Id), new("worker", context.Sender), new("locked", task.Stake)]));
        return ResultCode.Ok;
    }

    private static ResultCode Commit(
        ExecutionContext context, ComputeTask task, int place, TaskWorker worker, SubmitResult request)
    {
        if (task.State != TaskState.Commit) return ResultCode.TooLate;
        if (!worker.Seal.IsZero) return ResultCode.AlreadyDone;
        TaskStore.Store(context.State, task, task.With(place, worker with { Seal = request.Hash }));
        context.Emit(new Event("ResultCommitted",
            [new("task", task.Id), new("worker", context.Sender), new("seal", request.Hash)]));
        return ResultCode.Ok;
    }

    private static ResultCode Reveal(
        ExecutionContext context, ComputeTask task, int place, TaskWorker worker, SubmitResult request)
    {
        if (task.State == TaskState.Commit) return ResultCode.TooEarly;
        if (!worker.Digest.IsZero) return ResultCode.AlreadyDone;
        bool isIt = worker.Seal == TaskMath.Seal(context.Block.ChainId, task.Id, context.Sender, request.Hash);
        if (!isIt) return ResultCode.BadCommit;
        TaskStore.Store(context.State, task, task.With(place, worker with { Digest = request.Hash }));
        context.Emit(new Event("ResultRevealed",
            [new("task", task.Id), new("worker", context.Sender), new("digest", request.Hash)]));
        return ResultCode.Ok;
    }
}
