using System.Collections.Generic;
using Chain.StateMachine.Core;

namespace Chain.StateMachine.Market;

/// <summary>The timed moves of the market.</summary>
public static class MarketTimedKinds
{
    public static IReadOnlyList<TimedKindEntry> Entries { get; } = [];
}
