using Chain.StateMachine.Core;
using Chain.StateMachine.Store;
using System;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>Load and store of cases, which are due at <see cref="Case.StateUntil"/>.</summary>
public static class CaseStore
{
    private static readonly TimedRecords<Case> Records = new(
        JusticeSchema.Case, TimedKind.Case, Case.TryDecode, found => found.Encode(), found => found.Id, found => found.StateUntil,
        found => found.Held);

    /// <summary>As it was last written, or null. Messages use <see cref="CaseClock.Load"/>.</summary>
    public static Case? Read(IStateReader state, ulong id) => Records.Read(state, id);

    /// <summary>Writes it and keeps the queue in step; <paramref name="before"/> is null for a new one.</summary>
    public static void Store(StateOverlay state, Case? before, Case after) => Records.Store(state, before, after);

    public static void Delete(StateOverlay state, Case gone) => Records.Delete(state, gone);

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Records.HeldBy(value);
}
