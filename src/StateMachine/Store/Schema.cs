using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Market;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Store;

/// <summary>Every key prefix of the state, and how keys are built. A prefix is the first byte of a raw key within its store.</summary>
public static class Schema
{
    /// <summary>The permanent key of every store (ICS-23 cannot express an empty tree); the first height writes it.</summary>
    public const byte Anchor = 0x00;

    // Store "market". 0x10 to 0x4f belong to MarketSchema.
    public const byte Account = 0x01;
    public const byte Provider = 0x02;
    public const byte RoleHolder = 0x03;
    public const byte AccessRequest = 0x04;
    public const byte SeatRequest = 0x05;
    public const byte Jail = 0x06;

    /// <summary>Address of the granter, address of the grantee.</summary>
    public const byte Grant = 0x08;

    /// <summary>Address.</summary>
    public const byte DidDocument = 0x09;

    public const byte TimedQueue = 0x50;
    public const byte Quarantine = 0x51;
    public const byte Pools = 0x60;
    public const byte Counter = 0x61;
    public const byte RewardEpoch = 0x62;

    // Store "meta".
    public const byte Parameters = 0x01;
    public const byte ValidatorsNext = 0x02;
    public const byte ValidatorsAfterNext = 0x03;
    public const byte MarketClock = 0x04;
    public const byte FeeMarket = 0x05;
    public const byte EventRange = 0x06;
    public const byte AppVersion = 0x07;
    public const byte Seat = 0x10;
    public const byte Access = 0x11;
    public const byte Accreditation = 0x12;
    public const byte PastSeat = 0x13;
    public const byte SlashKey = 0x14;
    public const byte Admission = 0x15;
    public const byte AdmissionOpener = 0x16;

    private static readonly SchemaEntry[] Base =
    [
        new(StoreId.Ibc, Anchor, "anchor", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Anchor, "anchor", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Account, "account", Ledger.Held),
        new(StoreId.Market, Provider, "provider", Providers.Held),
        new(StoreId.Market, RoleHolder, "role", RoleHolders.Held),
        new(StoreId.Market, AccessRequest, "access_request", AccessRequests.Held),
        new(StoreId.Market, SeatRequest, "seat_request", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Jail, "jail", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Grant, "grant", GrantStore.Held),
        new(StoreId.Market, DidDocument, "did_document", DidDocuments.Held),
        new(StoreId.Market, TimedQueue, "timed", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Quarantine, "quarantine", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Pools, "pools", Core.Pools.Held),
        new(StoreId.Market, Counter, "counter", SchemaEntry.HoldsNothing),
        new(StoreId.Market, RewardEpoch, "reward_epoch", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, Anchor, "anchor", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, Parameters, "parameters", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, ValidatorsNext, "validators_next", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, ValidatorsAfterNext, "validators_after_next", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, MarketClock, "clock", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, FeeMarket, "fees", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, EventRange, "events", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, AppVersion, "version", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, Seat, "seat", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, Access, "access", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, Accreditation, "accreditation", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, PastSeat, "past_seat", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, SlashKey, "slash_key", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, Admission, "admission", SchemaEntry.HoldsNothing),
        new(StoreId.Meta, AdmissionOpener, "admission_opener", SchemaEntry.HoldsNothing),
    ];

    private static readonly SchemaEntry?[] ByStoreAndPrefix = Index();

    /// <summary>The whole table, in no particular order.</summary>
    public static IReadOnlyList<SchemaEntry> Entries { get; } = [.. Base, .. MarketSchema.Entries];

    /// <summary>The entry of a raw key, or null when no part of the chain writes such keys.</summary>
    public static SchemaEntry? Find(StoreId store, ReadOnlySpan<byte> key) =>
        key.IsEmpty ? null : ByStoreAndPrefix[((int)store << 8) | key[0]];

    /// <summary>A key of which there is one.</summary>
    public static byte[] Key(byte prefix) => [prefix];

    public static byte[] Key(byte prefix, in Address address) => [prefix, .. address.Span];

    public static byte[] Key(byte prefix, byte part, in Address address) => [prefix, part, .. address.Span];

    public static byte[] Key(byte prefix, in Address address, byte part) => [prefix, .. address.Span, part];

    public static byte[] Key(byte prefix, in Address address, in Hash256 hash) => [prefix, .. address.Span, .. hash.Span];

    public static byte[] Key(byte prefix, in Hash256 hash) => [prefix, .. hash.Span];

    public static byte[] Key(byte prefix, ReadOnlySpan<byte> rest) => [prefix, .. rest];

    /// <summary>Numbers are big-endian, so that keys sort as the numbers do.</summary>
    public static byte[] Key(byte prefix, ulong id)
    {
        byte[] key = new byte[9];
        key[0] = prefix;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), id);
        return key;
    }

    public static byte[] Key(byte prefix, ulong first, ulong second)
    {
        byte[] key = new byte[17];
        key[0] = prefix;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), first);
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(9), second);
        return key;
    }

    public static byte[] Key(byte prefix, in Address address, ulong id)
    {
        byte[] key = new byte[1 + Address.Size + 8];
        key[0] = prefix;
        address.Span.CopyTo(key.AsSpan(1));
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1 + Address.Size), id);
        return key;
    }

    /// <summary>The end (exclusive) of the range of keys that start with <paramref name="start"/>.</summary>
    public static byte[] RangeEnd(ReadOnlySpan<byte> start)
    {
        int last = start.Length - 1;
        while (last >= 0 && start[last] == byte.MaxValue) last--;
        Invariant.Holds(last >= 0, "a range starts with a prefix below 0xff");
        byte[] end = start[..(last + 1)].ToArray();
        end[last]++;
        return end;
    }

    private static SchemaEntry?[] Index()
    {
        SchemaEntry?[] table = new SchemaEntry?[((int)StoreId.Meta + 1) << 8];
        foreach (SchemaEntry entry in (ReadOnlySpan<SchemaEntry>)[.. Base, .. MarketSchema.Entries])
        {
            int place = ((int)entry.Store << 8) | entry.Prefix;
            Invariant.Holds(table[place] is null, "a key prefix has one owner");
            table[place] = entry;
        }
        return table;
    }
}
