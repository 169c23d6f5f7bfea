using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Beacon;

/// <summary>
/// The round of reveals that runs or waits. Draws that are asked for before its first reveal share its value; later ones wait
/// for the round after it.
/// </summary>
/// <param name="Number">From 1.</param>
/// <param name="IsWanted">A draw waits for this round. Nobody reveals for nothing.</param>
/// <param name="IsNextWanted">A draw waits for the next one.</param>
/// <param name="OpenedAt">Tips registered up to this block, revealed after it, count; 0 before enough validators have tips.</param>
/// <param name="Mix">The last value and every reveal since.</param>
/// <param name="Revealers">Consensus addresses, in the order of their reveals.</param>
public sealed record BeaconRound(
    ulong Number, bool IsWanted, bool IsNextWanted, Height OpenedAt, Hash256 Mix, IReadOnlyList<Address> Revealers)
{
    private const int CodecVersion = 1;

    public static readonly BeaconRound First = new(1, false, false, default, default, []);

    public bool IsOpen => OpenedAt.Value > 0;

    public static BeaconRound Load(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.BeaconRound));
        if (bytes is null) return First;
        bool isCanonical = TryDecode(bytes, out BeaconRound round, out _);
        Invariant.Holds(isCanonical, "the stored beacon round is canonical");
        return round;
    }

    public void Store(StateOverlay state) => state.Put(StoreId.Meta, Schema.Key(Schema.BeaconRound), Encode());

    public bool HasRevealed(in Address validator)
    {
        foreach (Address revealer in Revealers)
        {
            if (revealer == validator) return true;
        }
        return false;
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(7).UInt(CodecVersion).UInt(Number).Bool(IsWanted).Bool(IsNextWanted).UInt((ulong)OpenedAt.Value);
        writer.Bin(Mix).Array(Revealers.Count);
        foreach (Address revealer in Revealers) writer.Bin(revealer);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out BeaconRound round, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(7);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        ulong number = reader.UInt();
        bool isWanted = reader.Bool();
        bool isNextWanted = reader.Bool();
        Height openedAt = new((long)reader.UInt(long.MaxValue));
        Hash256 mix = reader.Hash256();
        Address[] revealers = new Address[reader.ArrayHeader(Limits.ValidatorsMax)];
        for (int i = 0; i < revealers.Length && reader.IsOk; i++) revealers[i] = reader.Address();
        reader.EndArray();
        reader.EndArray();
        round = new BeaconRound(number, isWanted, isNextWanted, openedAt, mix, revealers);
        return reader.TryFinish(out error);
    }
}
