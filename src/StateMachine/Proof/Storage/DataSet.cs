using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Proof.Storage;

/// <summary>The data that a lease stores, as a Merkle root (RFC 6962), and how its proofs go. A lease has at most one.</summary>
/// <param name="Leaves">Of the tree; above zero.</param>
/// <param name="By">Who named it first.</param>
/// <param name="Due">When the clock alone changes it next; the zero time while it is proposed.</param>
/// <param name="Seed">Of the open challenge; zero else.</param>
/// <param name="Faults">Periods in a row that were not proven. While there is one, the lease earns nothing.</param>
public sealed record DataSet(
    ulong LeaseId,
    Hash256 Root,
    ulong Leaves,
    Address By,
    DataSetState State,
    MarketTime Due,
    ulong DrawRound,
    Hash256 Seed,
    ulong Faults)
{
    private const int CodecVersion = 1;

    /// <summary>The leaves that the open challenge asks for; one may be asked for twice.</summary>
    public List<ulong> Challenged(ulong count)
    {
        List<ulong> places = [];
        for (ulong i = 0; i < count; i++) places.Add((ulong)DrawMath.Number(Seed, i, Leaves));
        return places;
    }

    public static DataSet? Load(IStateReader state, ulong leaseId)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(ProofSchema.DataSet, leaseId));
        if (bytes is null) return null;
        bool isCanonical = TryDecode(bytes, out DataSet set, out _);
        Invariant.Holds(isCanonical, "a stored data set is canonical");
        return set;
    }

    /// <summary>Writes it and keeps the queue in step; <paramref name="before"/> is null for a new one.</summary>
    public void Store(StateOverlay state, DataSet? before)
    {
        byte[] key = Schema.Key(ProofSchema.DataSet, LeaseId);
        state.Put(StoreId.Market, key, Encode());
        if (before?.Due == Due) return;
        if (before is not null) TimedQueue.Cancel(state, before.Due, TimedKind.DataSet, key.AsSpan(1));
        if (Due != default) TimedQueue.Schedule(state, Due, TimedKind.DataSet, key.AsSpan(1));
    }

    public void Delete(StateOverlay state)
    {
        byte[] key = Schema.Key(ProofSchema.DataSet, LeaseId);
        state.Delete(StoreId.Market, key);
        TimedQueue.Cancel(state, Due, TimedKind.DataSet, key.AsSpan(1));
    }

    public byte[] Encode() => new MessagePackWriter().Array(10).UInt(CodecVersion)
        .UInt(LeaseId).Bin(Root).UInt(Leaves).Bin(By).UInt((ulong)State).UInt(Due.Seconds).UInt(DrawRound).Bin(Seed).UInt(Faults)
        .ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out DataSet set, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(10);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        set = new DataSet(
            reader.UInt(),
            reader.Hash256(),
            reader.UInt(),
            reader.Address(),
            (DataSetState)reader.UInt8((byte)DataSetState.Open),
            new MarketTime(reader.UInt()),
            reader.UInt(),
            reader.Hash256(),
            reader.UInt());
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    internal static ulong LeaseOf(ReadOnlySpan<byte> id) => BinaryPrimitives.ReadUInt64BigEndian(id);
}
