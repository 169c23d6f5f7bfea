using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Proof.Probes;

/// <summary>Load and store of epochs, sheets and commitments of probers.</summary>
public static class ProbeBook
{
    private const string CommitDomain = "chain/probe/1";
    private const int CodecVersion = 1;

    public static ProbeEpoch? LoadEpoch(IStateReader state, ulong number)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(ProofSchema.ProbeEpoch, number));
        if (bytes is null) return null;
        bool isCanonical = ProbeEpoch.TryDecode(bytes, out ProbeEpoch epoch, out _);
        Invariant.Holds(isCanonical, "a stored probe epoch is canonical");
        return epoch;
    }

    public static void Store(StateOverlay state, ProbeEpoch epoch) =>
        state.Put(StoreId.Market, Schema.Key(ProofSchema.ProbeEpoch, epoch.Number), epoch.Encode());

    public static ProbeSheet LoadSheet(IStateReader state, ulong epoch, ulong leaseId)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(ProofSchema.ProbeSheet, epoch, leaseId));
        if (bytes is null) return ProbeSheet.None;
        bool isCanonical = ProbeSheet.TryDecode(bytes, out ProbeSheet sheet, out _);
        Invariant.Holds(isCanonical, "a stored probe sheet is canonical");
        return sheet;
    }

    public static void Store(StateOverlay state, ulong epoch, ulong leaseId, ProbeSheet sheet) =>
        state.Put(StoreId.Market, Schema.Key(ProofSchema.ProbeSheet, epoch, leaseId), sheet.Encode());

    /// <summary>What a prober committed to; null before it did.</summary>
    public static Hash256? LoadCommit(IStateReader state, ulong epoch, in Address prober)
    {
        byte[]? bytes = state.Get(StoreId.Market, CommitKey(epoch, prober));
        if (bytes is null) return null;
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        ulong version = reader.UInt();
        Hash256 commit = reader.Hash256();
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "a stored probe commitment is canonical");
        return commit;
    }

    public static void StoreCommit(StateOverlay state, ulong epoch, in Address prober, in Hash256 commit) => state.Put(
        StoreId.Market, CommitKey(epoch, prober), new MessagePackWriter().Array(2).UInt(CodecVersion).Bin(commit).ToArray());

    public static void DropCommit(StateOverlay state, ulong epoch, in Address prober) =>
        state.Delete(StoreId.Market, CommitKey(epoch, prober));

    /// <summary>Everything of an epoch goes; leases have been paid by it.</summary>
    internal static void DropEpoch(StateOverlay state, ulong epoch)
    {
        state.Delete(StoreId.Market, Schema.Key(ProofSchema.ProbeEpoch, epoch));
        byte[] from = Schema.Key(ProofSchema.ProbeSheet, epoch);
        foreach (KeyValuePair<byte[], byte[]> sheet in state.Range(StoreId.Market, from, Schema.RangeEnd(from)))
        {
            state.Delete(StoreId.Market, sheet.Key);
        }
    }

    /// <summary>What a prober commits to; bound to chain, epoch and prober.</summary>
    public static Hash256 Commit(
        string chainId, ulong epoch, in Address prober, IReadOnlyList<LeaseProbe> probes, in Hash256 salt)
    {
        MessagePackWriter writer = new();
        writer.Array(6).Str(CommitDomain).Str(chainId).UInt(epoch).Bin(prober);
        LeaseProbe.WriteAll(ref writer, probes);
        return Sha256.Hash(writer.Bin(salt).Written);
    }

    private static byte[] CommitKey(ulong epoch, in Address prober) =>
        [.. Schema.Key(ProofSchema.ProbeCommit, epoch), .. prober.Span];
}
