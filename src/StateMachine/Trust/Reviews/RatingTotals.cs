using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Market;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Trust.Reviews;

/// <summary>The published reviews of a subject in one role, added up, so that anyone can recompute the mean exactly.</summary>
/// <param name="Weight">Sum of the weights; each facet is a sum of weight · stars.</param>
public sealed record RatingTotals(ulong Count, ulong Weight, ulong Quality, ulong Reliability, ulong Communication)
{
    private const int CodecVersion = 1;

    public static readonly RatingTotals None = new(0, 0, 0, 0, 0);

    /// <summary>The weighted mean of a facet's sum in hundredths of a star; 0 without weight.</summary>
    public ulong MeanHundredths(ulong facet) => Weight == 0 ? 0 : (ulong)((UInt128)facet * 100 / Weight);

    public RatingTotals With(Review review) => new(
        Count + 1,
        Weight + review.Weight,
        Quality + (review.Weight * review.Stars.Quality),
        Reliability + (review.Weight * review.Stars.Reliability),
        Communication + (review.Weight * review.Stars.Communication));

    /// <summary>The totals without a review that they hold.</summary>
    public RatingTotals Without(Review review) => new(
        Count - 1,
        Weight - review.Weight,
        Quality - (review.Weight * review.Stars.Quality),
        Reliability - (review.Weight * review.Stars.Reliability),
        Communication - (review.Weight * review.Stars.Communication));

    /// <summary>The totals of an address as tenant or as provider.</summary>
    public static RatingTotals Load(IStateReader state, in Address subject, ReviewSide role)
    {
        byte[]? bytes = state.Get(StoreId.Market, Key(subject, role));
        if (bytes is null) return None;
        bool isCanonical = TryDecode(bytes, out RatingTotals totals, out _);
        Invariant.Holds(isCanonical, "stored rating totals are canonical");
        return totals;
    }

    public void Store(StateOverlay state, in Address subject, ReviewSide role) =>
        state.Put(StoreId.Market, Key(subject, role), Encode());

    public byte[] Encode() => new MessagePackWriter().Array(6).UInt(CodecVersion)
        .UInt(Count).UInt(Weight).UInt(Quality).UInt(Reliability).UInt(Communication).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out RatingTotals totals, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(6);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        totals = new RatingTotals(reader.UInt(), reader.UInt(), reader.UInt(), reader.UInt(), reader.UInt());
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    /// <summary>The raw key of a subject's totals, for proofs.</summary>
    public static byte[] Key(in Address subject, ReviewSide role) => Schema.Key(MarketSchema.Rating, subject, (byte)role);
}
