using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Probes;

/// <summary>
/// Kind 23. Three quarters of an epoch are for measuring and committing, the last one is for revealing; leases are judged when
/// it ends. Only who was drawn for a lease reports on it.
/// </summary>
public static class SubmitProbesRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        SubmitProbes request = (SubmitProbes)message;
        ProbeEpoch? epoch = ProbeClock.Load(context, request.Epoch);
        if (epoch is null) return ResultCode.NotFound;
        if (epoch.Seed.IsZero) return ResultCode.TooEarly;
        if (context.Now.Seconds >= epoch.Ends) return ResultCode.TooLate;
        bool isDrawn = false;
        foreach (DrawnProber prober in epoch.Probers) isDrawn |= prober.Address == context.Sender;
        if (!isDrawn) return ResultCode.NotDrawn;
        return request.IsCommit ? Commit(context, epoch, request.Hash) : Reveal(context, epoch, request);
    }

    private static ResultCode Commit(ExecutionContext context, ProbeEpoch epoch, in Hash256 hash)
    {
        if (context.Now.Seconds >= epoch.RevealsFrom) return ResultCode.TooLate;
        if (hash.IsZero) return ResultCode.BadCommit;
        if (ProbeBook.LoadCommit(context.State, epoch.Number, context.Sender) is not null) return ResultCode.AlreadyDone;
        ProbeBook.StoreCommit(context.State, epoch.Number, context.Sender, hash);
        context.Emit(new Event("ProbesCommitted",
            [new("epoch", epoch.Number), new("prober", context.Sender), new("commit", hash)]));
        return ResultCode.Ok;
    }

    private static ResultCode Reveal(ExecutionContext context, ProbeEpoch epoch, SubmitProbes request)
    {
        if (context.Now.Seconds < epoch.RevealsFrom) return ResultCode.TooEarly;
        Hash256? commit = ProbeBook.LoadCommit(context.State, epoch.Number, context.Sender);
        bool isIt = commit == ProbeBook.Commit(
            context.Block.ChainId, epoch.Number, context.Sender, request.Probes, request.Hash);
        if (!isIt) return ResultCode.BadCommit;
        ProbeEpoch counted = epoch;
        foreach (LeaseProbe probe in request.Probes)
        {
            Lease? lease = LeaseClock.Load(context, probe.LeaseId);
            if (lease is null) return ResultCode.NotFound;
            if (!epoch.DrawnFor(lease.Id, lease.Tenant, lease.Provider, context.Block.Parameters).Contains(context.Sender))
            {
                return ResultCode.NotDrawn;
            }
            // A lease that ended or ran dry meanwhile has nothing left to judge, nor has one that is being maintained.
            bool counts = lease.IsPaying && lease.StartedAt.Seconds <= epoch.Begins
                && !ProbeJudge.IsMaintained(context, lease, epoch);
            if (counts) counted = Count(context, counted, lease, probe);
        }
        ProbeBook.Store(context.State, counted);
        ProbeBook.DropCommit(context.State, epoch.Number, context.Sender);
        return ResultCode.Ok;
    }

    /// <summary>Adds one report, and counts the lease anew among the judged and the bad.</summary>
    private static ProbeEpoch Count(ExecutionContext context, ProbeEpoch epoch, Lease lease, LeaseProbe probe)
    {
        Parameters parameters = context.Block.Parameters;
        int drawn = epoch.DrawnFor(lease.Id, lease.Tenant, lease.Provider, parameters).Count;
        ProbeSheet before = ProbeBook.LoadSheet(context.State, epoch.Number, lease.Id);
        ProbeSheet after = new([.. before.Reports, new ProbeReport(context.Sender, probe.Good, probe.Samples)]);
        ProbeBook.Store(context.State, epoch.Number, lease.Id, after);
        context.Emit(new Event("ProbeCounted",
        [
            new("epoch", epoch.Number),
            new("lease", lease.Id),
            new("prober", context.Sender),
            new("good", probe.Good),
            new("samples", probe.Samples),
        ]));
        ulong? old = before.JudgedBps(drawn, parameters);
        ulong? now = after.JudgedBps(drawn, parameters);
        ulong target = lease.Terms.TargetBps;
        return epoch with
        {
            Judged = epoch.Judged + (now is null ? 0UL : 1UL) - (old is null ? 0UL : 1UL),
            Bad = epoch.Bad + (now < target ? 1UL : 0UL) - (old < target ? 1UL : 0UL),
        };
    }
}
