using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Proof.Capacity;

/// <summary>A provider that lets its capacity be challenged, and how that goes.</summary>
/// <param name="Due">When the clock alone changes it next.</param>
/// <param name="DrawRound">Of the beacon; 0 when none is waited for.</param>
/// <param name="Seed">Of the open challenge; zero else. The same for all providers that are challenged together.</param>
/// <param name="Classes">Ascending.</param>
public sealed record CapacityProofs(
    Address Provider, CapacityState State, MarketTime Due, ulong DrawRound, Hash256 Seed, IReadOnlyList<ClassProof> Classes)
{
    private const int CodecVersion = 1;

    /// <summary>What is known of a class, or null.</summary>
    public ClassProof? Find(ResourceClass resource)
    {
        foreach (ClassProof proof in Classes)
        {
            if (proof.Class == resource) return proof;
        }
        return null;
    }

    /// <summary>With one class replaced; it must be one that is listed.</summary>
    public CapacityProofs With(ClassProof changed)
    {
        ClassProof[] classes = [.. Classes];
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i].Class == changed.Class) classes[i] = changed;
        }
        return this with { Classes = classes };
    }

    /// <summary>As it was last written, or null. Messages use <see cref="CapacityClock.Load"/>.</summary>
    public static CapacityProofs? Read(IStateReader state, in Address provider)
    {
        byte[]? bytes = state.Get(StoreId.Market, Key(provider));
        if (bytes is null) return null;
        bool isCanonical = TryDecode(bytes, out CapacityProofs proofs, out _);
        Invariant.Holds(isCanonical, "stored capacity proofs are canonical");
        return proofs;
    }

    /// <summary>Writes it and keeps the queue in step; <paramref name="before"/> is null for a new one.</summary>
    public void Store(StateOverlay state, CapacityProofs? before)
    {
        state.Put(StoreId.Market, Key(Provider), Encode());
        if (before?.Due == Due) return;
        if (before is not null) TimedQueue.Cancel(state, before.Due, TimedKind.Capacity, Provider.Span);
        TimedQueue.Schedule(state, Due, TimedKind.Capacity, Provider.Span);
    }

    public void Delete(StateOverlay state)
    {
        state.Delete(StoreId.Market, Key(Provider));
        TimedQueue.Cancel(state, Due, TimedKind.Capacity, Provider.Span);
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(7).UInt(CodecVersion).Bin(Provider).UInt((ulong)State).UInt(Due.Seconds).UInt(DrawRound).Bin(Seed);
        writer.Array(Classes.Count);
        foreach (ClassProof proof in Classes) proof.Write(ref writer);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out CapacityProofs proofs, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(7);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        Address provider = reader.Address();
        CapacityState state = (CapacityState)reader.UInt8((byte)CapacityState.Open);
        MarketTime due = new(reader.UInt());
        ulong round = reader.UInt();
        Hash256 seed = reader.Hash256();
        ClassProof[] classes = new ClassProof[reader.ArrayHeader(ProviderText.ClassesMax)];
        for (int i = 0; i < classes.Length && reader.IsOk; i++)
        {
            classes[i] = ClassProof.Read(ref reader);
            if (i > 0 && classes[i - 1].Class >= classes[i].Class) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        reader.EndArray();
        proofs = new CapacityProofs(provider, state, due, round, seed, classes);
        return reader.TryFinish(out error);
    }

    private static byte[] Key(in Address provider) => Schema.Key(ProofSchema.Capacity, provider);
}
