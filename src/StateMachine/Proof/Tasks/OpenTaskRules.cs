using System;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>Kind 20, version 1. The stake is at least the reward, so that a wrong result costs more than it could earn.</summary>
public static class OpenTaskRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        OpenTask request = (OpenTask)message;
        Parameters parameters = context.Block.Parameters;
        if (request.SpecHash.IsZero) return ResultCode.BadSchema;
        if (request.Reward == 0 || request.Trust == 0 || request.Stake < request.Reward) return ResultCode.BelowMinimum;
        if (request.Trust > TaskMath.TrustMax) return ResultCode.OverMaximum;
        UInt128 total = (UInt128)request.Reward + parameters.StorageDeposit;
        if (total > ulong.MaxValue) return ResultCode.Overflow;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, (ulong)total);
        if (debited != ResultCode.Ok) return debited;
        ComputeTask task = new(
            Counters.Next(context.State, CounterKind.Task), context.Sender, request.SpecHash, request.Trust, request.Reward,
            request.Stake, parameters.StorageDeposit, TaskState.Enrol, context.Now + parameters.TaskCommitSeconds, Round: 0,
            DrawRound: 0, Result: default, [])
        {
            IsAdaptive = request.IsAdaptive,
        };
        TaskStore.Store(context.State, null, task);
        context.Emit(new Event("TaskOpened",
        [
            new("task", task.Id),
            new("from", "none"),
            new("to", TaskClock.NameOf(task.State)),
            new("requester", task.Requester),
            new("reward", task.Reward),
            new("trust", task.Trust),
            new("stake", task.Stake),
            new("adaptive", task.IsAdaptive ? "yes" : "no"),
            new("storage_deposit", task.StorageDeposit),
            new("enrol_until", task.StateUntil.Seconds),
        ]));
        return ResultCode.Ok;
    }
}
