using System.Collections.Generic;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Market;

/// <summary>The market's own key prefixes: 0x10 to 0x4f of the market store.</summary>
public static class MarketSchema
{
    public const byte Order = 0x10;
    public const byte Bid = 0x11;
    public const byte Lease = 0x12;
    public const byte Attestation = 0x13;
    public const byte Review = 0x14;

    /// <summary>One entry for each prefix. A value that holds credits names how many.</summary>
    public static IReadOnlyList<SchemaEntry> Entries { get; } =
    [
        new(StoreId.Market, Order, "order", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Bid, "bid", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Lease, "lease", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Attestation, "attestation", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Review, "review", SchemaEntry.HoldsNothing),
    ];
}
