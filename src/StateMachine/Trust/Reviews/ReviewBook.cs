using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Trust.Reviews;

/// <summary>Reviews, how often one party has reviewed another, and the publishing of what was hidden.</summary>
public static class ReviewBook
{
    private const int CodecVersion = 1;

    /// <summary>The raw key of a review, for proofs.</summary>
    public static byte[] Key(ulong leaseId, ReviewSide side) =>
        [.. Schema.Key(MarketSchema.Review, leaseId), (byte)side];

    /// <summary>The review, or null. Bring its lease to time before.</summary>
    public static Review? Load(IStateReader state, ulong leaseId, ReviewSide side)
    {
        byte[]? bytes = state.Get(StoreId.Market, Key(leaseId, side));
        if (bytes is null) return null;
        bool isCanonical = Review.TryDecode(bytes, out Review review, out _);
        Invariant.Holds(isCanonical, "a stored review is canonical");
        return review;
    }

    public static void Store(StateOverlay state, Review review) =>
        state.Put(StoreId.Market, Key(review.LeaseId, review.Side), review.Encode());

    /// <summary>
    /// Counts a review of this pair and answers how many came before. It is counted when it is written: the order of messages is
    /// the same everywhere, while timed moves may be carried over.
    /// </summary>
    public static ulong CountPair(StateOverlay state, in Address author, in Address subject)
    {
        byte[] key = [.. Schema.Key(MarketSchema.ReviewPair, author), .. subject.Span];
        ulong earlier = 0;
        if (state.Get(StoreId.Market, key) is { } bytes)
        {
            MessagePackReader reader = new(bytes);
            reader.Array(2);
            ulong version = reader.UInt();
            earlier = reader.UInt();
            reader.EndArray();
            Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "a stored review count is canonical");
        }
        state.Put(StoreId.Market, key, new MessagePackWriter().Array(2).UInt(CodecVersion).UInt(earlier + 1).ToArray());
        return earlier;
    }

    /// <summary>Publishes the hidden reviews of a lease and adds them to the totals of their subjects.</summary>
    public static void PublishAll(ExecutionContext context, ulong leaseId, MarketTime at)
    {
        Publish(context, Load(context.State, leaseId, ReviewSide.Tenant), at);
        Publish(context, Load(context.State, leaseId, ReviewSide.Provider), at);
    }

    /// <summary>The review of a lease that is about an address, or null.</summary>
    public static Review? AboutOf(IStateReader state, ulong leaseId, in Address subject)
    {
        if (Load(state, leaseId, ReviewSide.Tenant) is { } byTenant && byTenant.Subject == subject) return byTenant;
        return Load(state, leaseId, ReviewSide.Provider) is { } byProvider && byProvider.Subject == subject ? byProvider : null;
    }

    /// <summary>Takes a published review out of the totals; what it says stays for everybody to read.</summary>
    internal static void Mask(ExecutionContext context, Review review, ulong caseId)
    {
        Store(context.State, review with { State = ReviewState.Masked });
        ReviewSide rated = review.Side == ReviewSide.Tenant ? ReviewSide.Provider : ReviewSide.Tenant;
        RatingTotals.Load(context.State, review.Subject, rated).Without(review).Store(context.State, review.Subject, rated);
        context.Emit(new Event("ReviewMasked",
        [
            new("lease", review.LeaseId),
            new("side", NameOf(review.Side)),
            new("from", "published"),
            new("to", "masked"),
            new("case", caseId),
            new("weight", review.Weight),
        ]));
    }

    private static void Publish(ExecutionContext context, Review? review, MarketTime at)
    {
        if (review is null || review.State != ReviewState.Hidden) return;
        Store(context.State, review with { State = ReviewState.Published, PublishedAt = at });
        // A tenant rates a provider, and the other way round.
        ReviewSide rated = review.Side == ReviewSide.Tenant ? ReviewSide.Provider : ReviewSide.Tenant;
        RatingTotals totals = RatingTotals.Load(context.State, review.Subject, rated).With(review);
        totals.Store(context.State, review.Subject, rated);
        context.Emit(new Event("ReviewPublished",
        [
            new("lease", review.LeaseId),
            new("side", NameOf(review.Side)),
            new("from", "hidden"),
            new("to", "published"),
            new("subject", review.Subject),
            new("quality", (ulong)review.Stars.Quality),
            new("reliability", (ulong)review.Stars.Reliability),
            new("communication", (ulong)review.Stars.Communication),
            new("weight", review.Weight),
        ]));
    }

    internal static string NameOf(ReviewSide side) => side == ReviewSide.Tenant ? "tenant" : "provider";
}
