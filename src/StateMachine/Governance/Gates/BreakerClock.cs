using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Gates;

/// <summary>The end of a breaker. Whether a kind is closed follows from the clock alone; this tells it and tidies up.</summary>
internal static class BreakerClock
{
    /// <summary>Stops the kinds until a time.</summary>
    public static void Open(ExecutionContext context, KindMask kinds, ulong seconds)
    {
        MarketTime until = context.Now + seconds;
        // What was stopped stays free for as long as it could have been stopped, so that breakers cannot follow each other.
        MarketTime restUntil = until + context.Block.Parameters.BreakerSecondsMax;
        KindGates gates = KindGates.Load(context.State);
        foreach (MessageKind kind in kinds.Kinds())
        {
            gates = gates.With(kind, new Breaker(kind, until, restUntil));
            TimedQueue.Schedule(context.State, until, TimedKind.Breaker, [(byte)kind]);
            context.Emit(new Event("BreakerOpened", [new("kind", (ulong)kind), new("until", until.Seconds)]));
        }
        KindGates.Store(context.State, gates);
    }

    /// <summary>The timed move of a kind: once when its breaker ends, and once when its rest does.</summary>
    public static void Move(ExecutionContext context, byte[] id)
    {
        MessageKind kind = (MessageKind)id[0];
        KindGates gates = KindGates.Load(context.State);
        if (gates.BreakerOf(kind) is not { } breaker) return;
        if (context.Now >= breaker.RestUntil)
        {
            KindGates.Store(context.State, gates.With(kind, null));
            return;
        }
        TimedQueue.Schedule(context.State, breaker.RestUntil, TimedKind.Breaker, id);
        context.Emit(new Event("BreakerClosed", [new("kind", (ulong)kind), new("until", breaker.Until.Seconds)]));
    }
}
