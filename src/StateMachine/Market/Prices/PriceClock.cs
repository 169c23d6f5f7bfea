using System.Collections.Generic;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Market.Prices;

/// <summary>Writes prices down before what they follow changes: use of the classes, or the parameters.</summary>
internal static class PriceClock
{
    /// <summary>Runs once at the end of a block; the totals that the state holds are still those from before it.</summary>
    public static void Advance(StateOverlay state, BlockContext block, List<Event> events)
    {
        PriceBook? before = PriceBook.Load(state);
        PriceBook now = PriceBook.At(state, block.Now, block.Parameters);
        if (now == before) return;
        now.Store(state);
        bool isSame = before is not null && before with { NextStep = now.NextStep } == now;
        if (isSame) return;
        events.Add(new Event("PricesMoved",
        [
            new("cpu", now.Cpu), new("memory", now.Memory), new("storage", now.Storage), new("gpu", now.Gpu),
            new("next", now.NextStep.Seconds),
        ]));
    }
}
