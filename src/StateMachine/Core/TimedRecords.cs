using System;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Core;

/// <summary>
/// Load and store of numbered market objects that time changes: one record for each, and one entry in the timed queue, at its due time.
/// </summary>
/// <param name="prefix">Of the record's key, before the number.</param>
/// <param name="kind">Of the entry in the queue; its id is the number.</param>
internal sealed class TimedRecords<T>(
    byte prefix,
    TimedKind kind,
    TimedRecords<T>.Decoder tryDecode,
    Func<T, byte[]> encode,
    Func<T, ulong> idOf,
    Func<T, MarketTime> dueOf,
    Func<T, Int128> heldBy)
    where T : class
{
    public delegate bool Decoder(ReadOnlySpan<byte> bytes, out T record, out DecodeError error);

    /// <summary>The record as it was last written, or null.</summary>
    public T? Read(IStateReader state, ulong id)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(prefix, id));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>Writes a record and keeps the queue in step; <paramref name="before"/> is null for a new one.</summary>
    public void Store(StateOverlay state, T? before, T after)
    {
        byte[] key = Schema.Key(prefix, idOf(after));
        state.Put(StoreId.Market, key, encode(after));
        if (before is not null && dueOf(before) == dueOf(after)) return;
        if (before is not null) TimedQueue.Cancel(state, dueOf(before), kind, key.AsSpan(1));
        TimedQueue.Schedule(state, dueOf(after), kind, key.AsSpan(1));
    }

    public void Delete(StateOverlay state, T gone)
    {
        byte[] key = Schema.Key(prefix, idOf(gone));
        state.Delete(StoreId.Market, key);
        TimedQueue.Cancel(state, dueOf(gone), kind, key.AsSpan(1));
    }

    /// <summary>Credits in an encoded record.</summary>
    public Int128 HeldBy(ReadOnlyMemory<byte> value) => heldBy(Decode(value.Span));

    private T Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = tryDecode(bytes, out T record, out _);
        Invariant.Holds(isCanonical, "a stored record is canonical");
        return record;
    }
}
