using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Storage;

/// <summary>
/// Kind 19, version 1. Neither side can force a root on the other: a tenant could name what nobody can prove, a provider what it
/// need not store. New data takes the place of the old between two challenges only, never while one is open.
/// </summary>
public static class NameDataRules
{
    /// <summary>Leaves of one data set; proofs then have at most 40 hashes.</summary>
    private const ulong LeavesMax = 1UL << 40;

    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        NameData request = (NameData)message;
        Lease? lease = LeaseClock.Load(context, request.LeaseId);
        if (lease is null) return ResultCode.NotFound;
        if (lease.Tenant != context.Sender && lease.Provider != context.Sender) return ResultCode.NotOwner;
        if (!lease.IsPaying) return ResultCode.BadState;
        if (request.Leaves == 0 || request.Root.IsZero) return ResultCode.BelowMinimum;
        if (request.Leaves > LeavesMax) return ResultCode.OverMaximum;
        DataSet? before = DataSetClock.Load(context, lease.Id);
        if (before is { State: DataSetState.Drawing or DataSetState.Open }) return ResultCode.BadState;
        bool isSame = before is not null && before.Root == request.Root && before.Leaves == request.Leaves;
        if (isSame && (before!.State == DataSetState.Idle || before.By == context.Sender)) return ResultCode.AlreadyDone;
        bool isAgreed = isSame && before!.State == DataSetState.Proposed;
        DataSet after = new(
            lease.Id, request.Root, request.Leaves, context.Sender,
            isAgreed ? DataSetState.Idle : DataSetState.Proposed,
            isAgreed ? context.Now + context.Block.Parameters.ProvingPeriodSeconds : default,
            DrawRound: 0, Seed: default, before?.Faults ?? 0);
        after.Store(context.State, before);
        context.Emit(new Event("DataNamed",
        [
            new("lease", lease.Id),
            new("by", context.Sender),
            new("from", before is null ? "none" : DataSetClock.NameOf(before.State)),
            new("to", DataSetClock.NameOf(after.State)),
            new("root", request.Root),
            new("leaves", request.Leaves),
        ]));
        return ResultCode.Ok;
    }
}
