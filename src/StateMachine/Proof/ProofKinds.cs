using System.Collections.Generic;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Proof.Logs;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof;

/// <summary>The kinds and timed moves of proofs.</summary>
public static class ProofKinds
{
    /// <summary>Work of one more lease that is reported on.</summary>
    private const ulong PerProbe = 600;

    /// <summary>Work of one more leaf that is opened.</summary>
    private const ulong PerLeaf = 100;

    /// <summary>Work of one more nonce that is checked: a short hash.</summary>
    private const ulong PerNonce = 20;

    public static IReadOnlyList<KindEntry> Entries { get; } =
    [
        new(MessageKind.Prove, 1, NameData.FieldCount, 500, NameData.Read, NameDataRules.Apply),
        new(MessageKind.Prove, ProveData.KindVersion, ProveData.FieldCount, 700, ProveData.Read, ProveDataRules.Apply,
            message => PerLeaf * (ulong)((ProveData)message).Proofs.Count),
        new(MessageKind.Prove, AnchorLog.KindVersion, AnchorLog.FieldCount, 400, AnchorLog.Read, AnchorLogRules.Apply),
        new(MessageKind.Prove, ProveCapacity.KindVersion, ProveCapacity.FieldCount, 600, ProveCapacity.Read, ProveCapacityRules.Apply,
            message => PerNonce * (ulong)((ProveCapacity)message).NonceCount),
        new(MessageKind.Result, 1, OpenTask.FieldCount, 700, OpenTask.Read, OpenTaskRules.Apply),
        new(MessageKind.Result, SubmitResult.KindVersion, SubmitResult.FieldCount, 800, SubmitResult.Read, SubmitResultRules.Apply),
        new(MessageKind.Probe, 1, SubmitProbes.FieldCount, 500, SubmitProbes.Read, SubmitProbesRules.Apply,
            message => PerProbe * (ulong)((SubmitProbes)message).Probes.Count),
    ];

    public static IReadOnlyList<TimedKindEntry> Timed { get; } =
    [
        new(TimedKind.DataSet, 500, MoveDataSet),
        new(TimedKind.ProbeEpoch, 5000, ProbeClock.Move),
        new(TimedKind.Task, 5000, TaskClock.Move),
        new(TimedKind.Capacity, 2000, CapacityClock.Move),
    ];

    private static void MoveDataSet(ExecutionContext context, byte[] id) => DataSetClock.Load(context, DataSet.LeaseOf(id));
}
