using System;
using Chain.Primitives;
using Chain.StateMachine.Core;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>Load and store of cases. Each has one entry in the timed queue, at its <see cref="Case.StateUntil"/>.</summary>
public static class CaseStore
{
    /// <summary>The case as it was last written, or null. Messages use <see cref="CaseClock.Load"/>.</summary>
    public static Case? Read(IStateReader state, ulong id)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(JusticeSchema.Case, id));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>Writes a case and keeps the queue in step; <paramref name="before"/> is null for a new one.</summary>
    public static void Store(StateOverlay state, Case? before, Case after)
    {
        byte[] key = Schema.Key(JusticeSchema.Case, after.Id);
        state.Put(StoreId.Market, key, after.Encode());
        if (before?.StateUntil == after.StateUntil) return;
        if (before is not null) TimedQueue.Cancel(state, before.StateUntil, TimedKind.Case, key.AsSpan(1));
        TimedQueue.Schedule(state, after.StateUntil, TimedKind.Case, key.AsSpan(1));
    }

    public static void Delete(StateOverlay state, Case gone)
    {
        byte[] key = Schema.Key(JusticeSchema.Case, gone.Id);
        state.Delete(StoreId.Market, key);
        TimedQueue.Cancel(state, gone.StateUntil, TimedKind.Case, key.AsSpan(1));
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).Held;

    private static Case Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = Case.TryDecode(bytes, out Case found, out _);
        Invariant.Holds(isCanonical, "a stored case is canonical");
        return found;
    }
}
