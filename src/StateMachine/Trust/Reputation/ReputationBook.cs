using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.StateMachine.Trust.Reputation;

/// <summary>Counts what providers and tenants did, and makes one number of it. Every count has its event, so anyone can add them up again.</summary>
public static class ReputationBook
{
    private const ulong PpmPerBps = 100;

    /// <summary>The raw key of a counter, for proofs.</summary>
    public static byte[] Key(in Address subject, ReputationPart part) => Schema.Key(MarketSchema.Reputation, subject, (byte)part);

    /// <summary>The counter as it was last written.</summary>
    public static ReputationCounter Read(IStateReader state, in Address subject, ReputationPart part)
    {
        byte[]? bytes = state.Get(StoreId.Market, Key(subject, part));
        if (bytes is null) return ReputationCounter.None;
        bool isCanonical = ReputationCounter.TryDecode(bytes, out ReputationCounter counter, out _);
        Invariant.Holds(isCanonical, "a stored reputation counter is canonical");
        return counter;
    }

    /// <summary>Counts one event of the given weight (millionths of a count) at its own time.</summary>
    public static void Count(
        ExecutionContext context, in Address subject, ReputationPart part, bool isGood, ulong weight, MarketTime at)
    {
        if (weight == 0) return;
        Parameters parameters = context.Block.Parameters;
        ulong season = SeasonOf(at, parameters);
        ReputationCounter counter = Read(context.State, subject, part).With(season, isGood, weight);
        context.State.Put(StoreId.Market, Key(subject, part), counter.Encode());
        context.Emit(new Event("ReputationCounted",
        [
            new("subject", subject),
            new("part", NameOf(part)),
            new("good", isGood ? "yes" : "no"),
            new("weight", weight),
            new("season", season),
        ]));
    }

    /// <summary>
    /// What a good end of a lease counts: in proportion to the market fees that were paid on it and cannot be got back, at most one.
    /// A lease with oneself therefore buys reputation at the same price as any other.
    /// </summary>
    public static ulong WeightOfFees(ulong fees, Parameters parameters)
    {
        UInt128 weight = (UInt128)fees * ReputationMath.Million / Math.Max(1, parameters.ReputationFeeUnit);
        return weight < ReputationMath.Million ? (ulong)weight : ReputationMath.Million;
    }

    /// <summary>The same of a whole lease, which must have run for some time to count at all.</summary>
    /// <param name="ended">When it was closed.</param>
    public static ulong WeightOfLease(Lease lease, MarketTime ended, Parameters parameters) =>
        lease.RanFor(ended) < parameters.CountedSecondsMin ? 0 : WeightOfFees(lease.FeeTotal, parameters);

    /// <summary>The season that a time belongs to.</summary>
    public static ulong SeasonOf(MarketTime time, Parameters parameters) =>
        time.Seconds / (parameters.EpochSeconds * ReputationMath.SeasonEpochs);

    /// <summary>One part at a time, with its samples.</summary>
    public static ReputationScore ScoreOf(
        IStateReader state, in Address subject, ReputationPart part, MarketTime now, Parameters parameters)
    {
        (ulong good, ulong total) = Read(state, subject, part).Before(SeasonOf(now, parameters), parameters.ReputationDecayPpm);
        return new ReputationScore(ReputationMath.LowerBoundPpm(good, total, ReputationMath.Million), total);
    }

    /// <summary>The published reviews as a part: a sample is as many fees as one unit, a star above the first a quarter of it.</summary>
    public static ReputationScore ReviewsOf(IStateReader state, in Address subject, ReviewSide role, Parameters parameters)
    {
        RatingTotals totals = RatingTotals.Load(state, subject, role);
        UInt128 stars = (UInt128)totals.Quality + totals.Reliability + totals.Communication;
        UInt128 least = (UInt128)totals.Weight * 3;
        UInt128 unit = Math.Max(1, parameters.ReputationFeeUnit);
        ulong total = (ulong)UInt128.Min(totals.Weight * (UInt128)ReputationMath.Million / unit, ulong.MaxValue >> 8);
        if (total == 0) return default;
        ulong good = (ulong)((stars - least) * total / (least * 4));
        return new ReputationScore(ReputationMath.LowerBoundPpm(good, total, ReputationMath.Million), total);
    }

    /// <summary>A provider's reputation, 0 to 10000: 35 % availability, 25 % proofs and tasks, 20 % exits, 10 % disputes, 10 % reviews.</summary>
    public static ulong BpsOf(IStateReader state, in Address provider, MarketTime now, Parameters parameters)
    {
        ReputationScore proof = ScoreOf(state, provider, ReputationPart.Proof, now, parameters);
        ReputationScore task = ScoreOf(state, provider, ReputationPart.Task, now, parameters);
        // Who proves nothing but works on tasks is judged by those, and the other way round; who does both by the worse.
        ulong work = proof.Samples == 0 || task.Samples == 0 ? Math.Max(proof.Ppm, task.Ppm) : Math.Min(proof.Ppm, task.Ppm);
        ulong sum = (35 * ScoreOf(state, provider, ReputationPart.Availability, now, parameters).Ppm)
            + (25 * work)
            + (20 * ScoreOf(state, provider, ReputationPart.Exit, now, parameters).Ppm)
            + (10 * ScoreOf(state, provider, ReputationPart.Dispute, now, parameters).Ppm)
            + (10 * ReviewsOf(state, provider, ReviewSide.Provider, parameters).Ppm);
        return sum / 100 / PpmPerBps;
    }

    public static string NameOf(ReputationPart part) => part switch
    {
        ReputationPart.Availability => "availability",
        ReputationPart.Proof => "proof",
        ReputationPart.Task => "task",
        ReputationPart.Exit => "exit",
        ReputationPart.Dispute => "dispute",
        ReputationPart.Pay => "pay",
        ReputationPart.Start => "start",
        ReputationPart.TenantDispute => "tenant_dispute",
        _ => throw new InvariantException("a part of reputation has a name"),
    };
}
