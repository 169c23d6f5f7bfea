using System.Collections.Generic;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Storage;

/// <summary>Kind 19, version 2.</summary>
public static class ProveDataRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        ProveData request = (ProveData)message;
        Lease? lease = LeaseClock.Load(context, request.LeaseId);
        DataSet? set = lease is null ? null : DataSetClock.Load(context, request.LeaseId);
        if (lease is null || set is null) return ResultCode.NotFound;
        if (lease.Provider != context.Sender) return ResultCode.NotOwner;
        if (set.State == DataSetState.Idle) return set.Faults > 0 ? ResultCode.TooLate : ResultCode.AlreadyDone;
        if (set.State != DataSetState.Open) return ResultCode.TooEarly;
        List<ulong> places = set.Challenged(context.Block.Parameters.StorageChallenges);
        if (request.Proofs.Count != places.Count) return ResultCode.BadProof;
        for (int i = 0; i < places.Count; i++)
        {
            if (!request.Proofs[i].Opens(set.Root, set.Leaves, places[i])) return ResultCode.BadProof;
        }
        DataSetClock.Proven(context, set, lease.Provider).Store(context.State, set);
        return ResultCode.Ok;
    }
}
