using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Proof.Capacity;

/// <summary>
/// The epochs of capacity proofs: idle, drawn, open, judged. Epochs begin at the same seconds for all, and those who begin together share
/// a challenge, so that one machine cannot prove the units of two providers one after the other.
/// </summary>
public static class CapacityClock
{
    /// <summary>A provider's proofs at the block's time; null when it never entered them, or is gone.</summary>
    public static CapacityProofs? Load(ExecutionContext context, in Address provider)
    {
        CapacityProofs? proofs = CapacityProofs.Read(context.State, provider);
        while (proofs is not null)
        {
            CapacityProofs? next = Step(context, proofs);
            if (ReferenceEquals(next, proofs)) return proofs;
            if (next is null) proofs.Delete(context.State);
            else next.Store(context.State, proofs);
            proofs = next;
        }
        return null;
    }

    /// <summary>
    /// A provider whose proofs have been brought to the block's time: a message that changes it loads it so, or it would overwrite what a
    /// judgement took from it.
    /// </summary>
    public static Provider? LoadProvider(ExecutionContext context, in Address address)
    {
        Load(context, address);
        return Providers.Load(context.State, address);
    }

    /// <summary>True when some class has to be proven.</summary>
    public static bool AsksAnything(Parameters parameters)
    {
        foreach (ResourceClass resource in Enum.GetValues<ResourceClass>())
        {
            if (parameters.CapacityUnit(resource) > 0) return true;
        }
        return false;
    }

    internal static void Move(ExecutionContext context, byte[] id) => Load(context, Address.From(id));

    internal static string NameOf(CapacityState state) => state.ToString().ToLowerInvariant();

    private static CapacityProofs? Step(ExecutionContext context, CapacityProofs proofs)
    {
        if (proofs.State == CapacityState.Drawing && Draws.Find(context.State, proofs.DrawRound, proofs.Due) is { } value)
        {
            CapacityProofs open = proofs with
            {
                State = CapacityState.Open,
                DrawRound = 0,
                Seed = DrawMath.Seed(value.Value, "capacity"u8, []),
                Due = value.At + context.Block.Parameters.CapacityWindowSeconds,
            };
            EmitMoved(context, "CapacityChallenged", proofs, open);
            return open;
        }
        if (proofs.Due > context.Now) return proofs;
        return proofs.State switch
        {
            CapacityState.Open => CapacityJudge.Judge(context, proofs, NextEpoch(context, proofs)),
            // The beacon said nothing: that is no fault of the provider's, and what it had proven stands.
            CapacityState.Drawing => proofs with { State = CapacityState.Idle, DrawRound = 0, Due = NextEpoch(context, proofs) },
            _ => Begin(context, proofs),
        };
    }

    /// <summary>Fixes the units before anybody can know their challenge; what is declared later enters the next epoch.</summary>
    private static CapacityProofs? Begin(ExecutionContext context, CapacityProofs proofs)
    {
        Provider? provider = Providers.Load(context.State, proofs.Provider);
        if (provider is null or { Status: ProviderStatus.Retired } || !AsksAnything(context.Block.Parameters)) return Leave(context, proofs);
        List<ClassProof> classes = ClassesOf(context.Block.Parameters, provider, proofs);
        bool isServing = provider.MayBid || (provider.Status == ProviderStatus.Paused && provider.LiveLeases > 0);
        if (!isServing || classes.Count == 0)
        {
            // Who was away proves again before it promises again.
            List<ClassProof> lapsed = classes.ConvertAll(proof => proof.Challenge(0) with { IsJudged = true, Proven = 0, Fails = 0 });
            return proofs with { Due = NextEpoch(context, proofs), Classes = lapsed };
        }
        ulong round = Draws.Request(context, TimedKind.Capacity, proofs.Provider.Span);
        CapacityProofs drawing = proofs with
        {
            State = CapacityState.Drawing,
            DrawRound = round,
            Due = proofs.Due + context.Block.Parameters.CapacityWindowSeconds,
            Classes = classes,
        };
        EmitMoved(context, "CapacityDrawing", proofs, drawing);
        return drawing;
    }

    /// <summary>The classes that the provider has and must prove, each with its units.</summary>
    private static List<ClassProof> ClassesOf(Parameters parameters, Provider provider, CapacityProofs proofs)
    {
        List<ClassProof> classes = [];
        foreach (ResourceClass resource in Enum.GetValues<ResourceClass>())
        {
            ClassCapacity capacity = provider.SumOf(resource);
            ulong size = parameters.CapacityUnit(capacity.Class);
            if (size == 0 || capacity.Total == 0) continue;
            ClassProof known = proofs.Find(capacity.Class) ?? new ClassProof(capacity.Class, 0, [], false, 0, 0);
            classes.Add(known.Challenge(CapacityMath.UnitsOf(capacity.Total, size)));
        }
        return classes;
    }

    private static CapacityProofs? Leave(ExecutionContext context, CapacityProofs proofs)
    {
        context.Emit(new Event("CapacityLeft",
            [new("provider", proofs.Provider), new("from", NameOf(proofs.State)), new("to", "gone")]));
        return null;
    }

    private static MarketTime NextEpoch(ExecutionContext context, CapacityProofs proofs) =>
        LeaseMath.NextEpoch(proofs.Due, context.Block.Parameters.CapacityPeriodSeconds);

    private static void EmitMoved(ExecutionContext context, string happened, CapacityProofs before, CapacityProofs after) =>
        context.Emit(new Event(happened,
        [
            new("provider", after.Provider),
            new("from", NameOf(before.State)),
            new("to", NameOf(after.State)),
            new("until", after.Due.Seconds),
            new("seed", after.Seed),
        ]));
}
