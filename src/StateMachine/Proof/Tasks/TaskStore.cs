using System;
using Chain.Primitives;
using Chain.StateMachine.Core;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>Load and store of tasks. Each has one entry in the timed queue, at its <see cref="ComputeTask.StateUntil"/>.</summary>
public static class TaskStore
{
    /// <summary>The task as it was last written, or null. Messages use <see cref="TaskClock.Load"/>.</summary>
    public static ComputeTask? Read(IStateReader state, ulong id)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(ProofSchema.Task, id));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>Writes a task and keeps the queue in step; <paramref name="before"/> is null for a new one.</summary>
    public static void Store(StateOverlay state, ComputeTask? before, ComputeTask after)
    {
        byte[] key = Schema.Key(ProofSchema.Task, after.Id);
        state.Put(StoreId.Market, key, after.Encode());
        if (before?.StateUntil == after.StateUntil) return;
        if (before is not null) TimedQueue.Cancel(state, before.StateUntil, TimedKind.Task, key.AsSpan(1));
        TimedQueue.Schedule(state, after.StateUntil, TimedKind.Task, key.AsSpan(1));
    }

    public static void Delete(StateOverlay state, ComputeTask gone)
    {
        byte[] key = Schema.Key(ProofSchema.Task, gone.Id);
        state.Delete(StoreId.Market, key);
        TimedQueue.Cancel(state, gone.StateUntil, TimedKind.Task, key.AsSpan(1));
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).Held;

    private static ComputeTask Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = ComputeTask.TryDecode(bytes, out ComputeTask task, out _);
        Invariant.Holds(isCanonical, "a stored task is canonical");
        return task;
    }
}
