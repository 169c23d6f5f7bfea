using Chain.StateMachine.Core;
using Chain.StateMachine.Store;
using System;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>Load and store of tasks, which are due at <see cref="ComputeTask.StateUntil"/>.</summary>
public static class TaskStore
{
    private static readonly TimedRecords<ComputeTask> Records = new(
        ProofSchema.Task, TimedKind.Task, ComputeTask.TryDecode, task => task.Encode(), task => task.Id, task => task.StateUntil,
        task => task.Held);

    /// <summary>As it was last written, or null. Messages use <see cref="TaskClock.Load"/>.</summary>
    public static ComputeTask? Read(IStateReader state, ulong id) => Records.Read(state, id);

    /// <summary>Writes it and keeps the queue in step; <paramref name="before"/> is null for a new one.</summary>
    public static void Store(StateOverlay state, ComputeTask? before, ComputeTask after) => Records.Store(state, before, after);

    public static void Delete(StateOverlay state, ComputeTask gone) => Records.Delete(state, gone);

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Records.HeldBy(value);
}
