using System.Collections.Generic;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Rebates;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Market;

/// <summary>The market's own key prefixes: 0x10 to 0x4f and 0x90 to 0x9f of the market store.</summary>
public static class MarketSchema
{
    /// <summary>Number.</summary>
    public const byte Order = 0x10;

    /// <summary>Number of the order, address of the provider.</summary>
    public const byte Bid = 0x11;

    /// <summary>Number.</summary>
    public const byte Lease = 0x12;

    /// <summary>Uid.</summary>
    public const byte Attestation = 0x13;

    /// <summary>Number of the lease, side that wrote it.</summary>
    public const byte Review = 0x14;

    /// <summary>Address of the subject, schema.</summary>
    public const byte AttestationIndex = 0x15;

    /// <summary>Address of the issuer, nonce.</summary>
    public const byte AttestationNonce = 0x16;

    /// <summary>Address of the subject, role in which it is rated.</summary>
    public const byte Rating = 0x17;

    /// <summary>Address of the author, address of the subject.</summary>
    public const byte ReviewPair = 0x18;

    /// <summary>Number.</summary>
    public const byte Offer = 0x20;

    /// <summary>Number of the lease.</summary>
    public const byte Amendment = 0x21;

    /// <summary>Address of the subject, part that is counted.</summary>
    public const byte Reputation = 0x28;

    /// <summary>When the epoch ends.</summary>
    public const byte RebateEpoch = 0x90;

    /// <summary>When the epoch ends, address of the provider.</summary>
    public const byte RebateEntry = 0x91;

    public const byte PriceBook = 0x92;
    public const byte RegistryTotals = 0x93;

    /// <summary>Address of the issuer, address of the subject, schema.</summary>
    public const byte Audit = 0x94;

    /// <summary>One entry for each prefix. A value that holds credits names how many.</summary>
    public static IReadOnlyList<SchemaEntry> Entries { get; } =
    [
        new(StoreId.Market, Order, "order", OrderStore.Held),
        new(StoreId.Market, Bid, "bid", BidStore.Held),
        new(StoreId.Market, Lease, "lease", LeaseStore.Held),
        new(StoreId.Market, Attestation, "attestation", AttestationStore.Held),
        new(StoreId.Market, Review, "review", SchemaEntry.HoldsNothing),
        new(StoreId.Market, AttestationIndex, "attestation_index", SchemaEntry.HoldsNothing),
        new(StoreId.Market, AttestationNonce, "attestation_nonce", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Rating, "rating", SchemaEntry.HoldsNothing),
        new(StoreId.Market, ReviewPair, "review_pair", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Offer, "offer", OfferStore.Held),
        new(StoreId.Market, Amendment, "amendment", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Reputation, "reputation", SchemaEntry.HoldsNothing),
        new(StoreId.Market, RebateEpoch, "rebate_epoch", RebateBook.Held),
        new(StoreId.Market, RebateEntry, "rebate_entry", SchemaEntry.HoldsNothing),
        new(StoreId.Market, PriceBook, "prices", SchemaEntry.HoldsNothing),
        new(StoreId.Market, RegistryTotals, "registry_totals", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Audit, "audit", Trust.Audits.Audit.Held),
    ];
}
