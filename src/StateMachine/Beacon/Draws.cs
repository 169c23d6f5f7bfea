using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Beacon;

/// <summary>
/// How objects get at randomness: they ask once their inputs are fixed, keep the number of the round, and are brought to time
/// when it has finished.
/// </summary>
public static class Draws
{
    /// <summary>Objects that one timed move wakes before it queues itself again.</summary>
    private const int WokenAtOnceMax = 64;

    private static readonly byte[] Mark = [0x91, 0x01];

    /// <summary>Asks for a round of which nothing is known yet, and answers its number.</summary>
    public static ulong Request(ExecutionContext context, TimedKind kind, ReadOnlySpan<byte> id)
    {
        BeaconRound round = BeaconRound.Load(context.State);
        bool hasBegun = round.Revealers.Count > 0;
        ulong number = hasBegun ? round.Number + 1 : round.Number;
        (hasBegun ? round with { IsNextWanted = true } : round with { IsWanted = true }).Store(context.State);
        context.State.Put(StoreId.Market, [.. Schema.Key(Schema.BeaconWaiter, number), (byte)kind, .. id], Mark);
        BeaconRules.Advance(context);
        return number;
    }

    /// <summary>The value of a round; null before it has finished, or when everybody who waited for it has been served.</summary>
    public static BeaconValue? Find(IStateReader state, ulong round)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(Schema.BeaconValue, round));
        if (bytes is null) return null;
        bool isCanonical = BeaconValue.TryDecode(bytes, out BeaconValue value, out _);
        Invariant.Holds(isCanonical, "a stored beacon value is canonical");
        return value;
    }

    /// <summary>
    /// The same for somebody who waits until a time. A value that came when the wait was over is none, also where the end of the wait was
    /// carried over to its block.
    /// </summary>
    public static BeaconValue? Find(IStateReader state, ulong round, MarketTime until) =>
        Find(state, round) is { } value && value.At < until ? value : null;

    /// <summary>
    /// True while somebody may know a value before the draws from it are made. What is drawn from must not change then, or a
    /// change could be chosen to fit the value.
    /// </summary>
    public static bool AreRunning(IStateReader state)
    {
        if (BeaconRound.Load(state).Revealers.Count > 0) return true;
        byte[] from = Schema.Key(Schema.BeaconValue);
        foreach (KeyValuePair<byte[], byte[]> _ in state.Range(StoreId.Market, from, Schema.RangeEnd(from))) return true;
        return false;
    }

    internal static void Finish(ExecutionContext context, ulong round, BeaconValue value)
    {
        byte[] key = Schema.Key(Schema.BeaconValue, round);
        context.State.Put(StoreId.Market, key, value.Encode());
        TimedQueue.Schedule(context.State, context.Now, TimedKind.Draw, key.AsSpan(1));
    }

    /// <summary>Queues whoever waited for a round; the value goes once all of them have been served.</summary>
    internal static void Move(ExecutionContext context, byte[] id)
    {
        ulong round = BinaryPrimitives.ReadUInt64BigEndian(id);
        byte[] from = Schema.Key(Schema.BeaconWaiter, round);
        int woken = 0;
        foreach (KeyValuePair<byte[], byte[]> waiter in context.State.Range(StoreId.Market, from, Schema.RangeEnd(from)))
        {
            if (woken++ == WokenAtOnceMax) break;
            context.State.Delete(StoreId.Market, waiter.Key);
            TimedKind kind = (TimedKind)waiter.Key[from.Length];
            TimedQueue.Schedule(context.State, context.Now, kind, waiter.Key.AsSpan(from.Length + 1));
        }
        // Entries of one second run by kind, and this kind is the last: when it runs again, those it woke have run.
        if (woken > 0) TimedQueue.Schedule(context.State, context.Now, TimedKind.Draw, id);
        else context.State.Delete(StoreId.Market, Schema.Key(Schema.BeaconValue, round));
    }
}
