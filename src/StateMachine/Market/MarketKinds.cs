using System.Collections.Generic;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market;

/// <summary>The kinds of the market: orders, bids, leases, money, proofs, reviews.</summary>
public static class MarketKinds
{
    public static IReadOnlyList<KindEntry> Entries { get; } = [];
}
