using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>
/// The attestations of one schema that a subject holds. Times stand in the entries, so whether one is in force is exact
/// at every second, whenever the timed moves run.
/// </summary>
public sealed record AttestationIndex(IReadOnlyList<IndexedAttestation> Entries)
{
    private const int CodecVersion = 2;

    /// <summary>True when an attestation is in force.</summary>
    public bool HoldsAt(MarketTime now)
    {
        foreach (IndexedAttestation entry in Entries)
        {
            if (entry.ValidFrom <= now && now < entry.Expires) return true;
        }
        return false;
    }

    /// <summary>The highest tier that an attestation in force states; 0 for none.</summary>
    public byte TierAt(MarketTime now)
    {
        byte tier = 0;
        foreach (IndexedAttestation entry in Entries)
        {
            if (entry.ValidFrom <= now && now < entry.Expires) tier = Math.Max(tier, entry.Tier);
        }
        return tier;
    }

    /// <summary>The index without what has expired by now.</summary>
    public AttestationIndex Without(MarketTime now)
    {
        List<IndexedAttestation> kept = [];
        foreach (IndexedAttestation entry in Entries)
        {
            if (now < entry.Expires) kept.Add(entry);
        }
        return new AttestationIndex(kept);
    }

    /// <summary>The index without one attestation.</summary>
    public AttestationIndex Without(in Hash256 uid)
    {
        List<IndexedAttestation> kept = [];
        foreach (IndexedAttestation entry in Entries)
        {
            if (entry.Uid != uid) kept.Add(entry);
        }
        return new AttestationIndex(kept);
    }

    public static AttestationIndex Load(IStateReader state, in Address subject, AttestationSchema schema)
    {
        byte[]? bytes = state.Get(StoreId.Market, Key(subject, schema));
        if (bytes is null) return new AttestationIndex([]);
        bool isCanonical = TryDecode(bytes, out AttestationIndex index, out _);
        Invariant.Holds(isCanonical, "a stored attestation index is canonical");
        return index;
    }

    public void Store(StateOverlay state, in Address subject, AttestationSchema schema)
    {
        if (Entries.Count == 0) state.Delete(StoreId.Market, Key(subject, schema));
        else state.Put(StoreId.Market, Key(subject, schema), Encode());
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(2).UInt(CodecVersion).Array(Entries.Count);
        foreach (IndexedAttestation entry in Entries)
        {
            writer.Array(5).Bin(entry.Uid).UInt(entry.ValidFrom.Seconds).UInt(entry.Expires.Seconds).Bin(entry.Issuer).UInt(entry.Tier);
        }
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out AttestationIndex index, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        IndexedAttestation[] entries = new IndexedAttestation[reader.ArrayHeader(MarketLimits.AttestationsPerSubjectMax)];
        for (int i = 0; i < entries.Length && reader.IsOk; i++)
        {
            reader.Array(5);
            entries[i] = new(reader.Hash256(), new MarketTime(reader.UInt()), new MarketTime(reader.UInt()))
            {
                Issuer = reader.Address(),
                Tier = reader.UInt8(Tiers.Max),
            };
            reader.EndArray();
        }
        reader.EndArray();
        reader.EndArray();
        index = new AttestationIndex(entries);
        return reader.TryFinish(out error);
    }

    private static byte[] Key(in Address subject, AttestationSchema schema) =>
        Schema.Key(MarketSchema.AttestationIndex, subject, (byte)schema);
}
