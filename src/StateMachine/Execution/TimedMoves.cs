using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Core;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Execution;

/// <summary>Runs what has fallen due, before a block's transactions.</summary>
internal static class TimedMoves
{
    private const int QuarantineCodecVersion = 1;

    /// <summary>
    /// Runs due entries, earliest first, until none is left or the work cap is reached; the rest stays in the queue for the
    /// next block. An arithmetic exception in one drops what it wrote and quarantines its object. True when any ran or waits.
    /// </summary>
    public static bool Run(StateOverlay state, BlockContext block, List<Event> events)
    {
        byte[] from = Schema.Key(Schema.TimedQueue);
        byte[] to = TimedQueue.Key(block.Now + 1, 0, []);
        ulong work = 0;
        bool any = false;
        bool more = true;
        while (more)
        {
            more = false;
            // A move may schedule another that is due as well: look again until a look finds nothing.
            foreach (KeyValuePair<byte[], byte[]> due in state.Range(StoreId.Market, from, to))
            {
                any = true;
                if (work >= block.Parameters.TimedWorkMax) return true;
                if (state.Get(StoreId.Market, due.Key) is null) continue;
                more = true;
                work += RunOne(state, block, due.Key, events);
            }
        }
        return any;
    }

    private static ulong RunOne(StateOverlay state, BlockContext block, byte[] key, List<Event> events)
    {
        TimedKind kind = TimedQueue.KindOf(key);
        TimedKindEntry? entry = TimedKinds.Find(kind);
        Invariant.Holds(entry is not null, "a queued move has a known kind");
        state.Delete(StoreId.Market, key);
        StateOverlay own = new(state);
        ExecutionContext context = new(own, block, default, default);
        try
        {
            entry.Move(context, TimedQueue.IdOf(key));
            own.MergeInto(state);
            events.AddRange(context.Events);
        }
        catch (OverflowException)
        {
            Quarantine(state, kind, key, events);
        }
        return entry.Weight;
    }

    /// <summary>The object's entry leaves the queue and is kept under its own prefix for repair by governance.</summary>
    private static void Quarantine(StateOverlay state, TimedKind kind, byte[] key, List<Event> events)
    {
        byte[] id = TimedQueue.IdOf(key);
        byte[] value = new MessagePackWriter()
            .Array(2).UInt(QuarantineCodecVersion).UInt(TimedQueue.DueOf(key).Seconds).ToArray();
        state.Put(StoreId.Market, [Schema.Quarantine, (byte)kind, .. id], value);
        events.Add(new Event("Quarantined", [new("kind", (ulong)kind), new("id", Hex.Lower(id))]));
    }
}
