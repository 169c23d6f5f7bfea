using System.Collections.Generic;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Prices;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Core;

/// <summary>The end of a block: sums over providers and stakes follow what it changed, and prices are written down before that.</summary>
internal static class BlockTotals
{
    /// <summary>Writes nothing in a block that changed neither.</summary>
    /// <param name="committed">The state before the block.</param>
    public static void Advance(StateOverlay state, IStateReader committed, BlockContext block, List<Event> events)
    {
        Parameters parameters = Parameters.Load(state);
        RegistryTotals before = RegistryTotals.Load(state);
        RegistryTotals after = RegistryTotals.After(state, committed, parameters.VoteStakeMax);
        bool isSame = after == before;
        if (isSame && parameters.Equals(block.Parameters)) return;
        PriceClock.Advance(state, block, events);
        if (!isSame) after.Store(state);
    }
}
