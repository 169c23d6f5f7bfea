using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Trust.Reviews;

/// <summary>
/// Kind 24: only the parties of a lease that was paid for, once each, hidden from the other until both have written or the
/// window is over. Nobody can change or delete one.
/// </summary>
public static class WriteReviewRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        WriteReview request = (WriteReview)message;
        // Publishes what is due, also for a reply.
        Lease? lease = LeaseClock.Load(context, request.LeaseId);
        return request.Action == ReviewAction.Rate ? Rate(context, request, lease) : Reply(context, request);
    }

    private static ResultCode Rate(ExecutionContext context, WriteReview request, Lease? lease)
    {
        if (lease is null) return ResultCode.NotFound;
        bool isTenant = lease.Tenant == context.Sender;
        if (!isTenant && lease.Provider != context.Sender) return ResultCode.NoCaseRight;
        ReviewSide side = isTenant ? ReviewSide.Tenant : ReviewSide.Provider;
        bool isOver = lease.State is LeaseState.Closed or LeaseState.Final;
        if (!isOver || lease.DueTotal == 0) return ResultCode.BadState;
        if (context.Now >= lease.ReviewUntil) return ResultCode.TooLate;
        if (ReviewBook.Load(context.State, lease.Id, side) is not null) return ResultCode.AlreadyDone;
        if (!request.Stars.IsInRange) return request.Stars.IsNone ? ResultCode.BelowMinimum : ResultCode.OverMaximum;

        Address subject = isTenant ? lease.Provider : lease.Tenant;
        ulong earlier = ReviewBook.CountPair(context.State, context.Sender, subject);
        // Who is the same person as the other side, or hardly used the lease, may write but does not count.
        bool counts = lease.RanFor(lease.ClosedAt) >= context.Block.Parameters.CountedSecondsMin
            && !Identities.AreLinked(context, lease.Tenant, lease.Provider);
        ulong weight = counts ? ReviewMath.Weight(lease.FeeTotal, context.Block.Parameters.ReviewWeightCap, earlier) : 0;
        ReviewBook.Store(context.State, new Review(
            lease.Id, side, context.Sender, subject, ReviewState.Hidden, request.Stars, request.TextHash, weight,
            context.Now, PublishedAt: default, ReplyHash: default));
        // No stars in this event: the other side writes without knowing them.
        context.Emit(new Event("ReviewWritten",
        [
            new("lease", lease.Id),
            new("side", ReviewBook.NameOf(side)),
            new("from", "none"),
            new("to", "hidden"),
            new("weight", weight),
        ]));
        if (lease.HasHiddenReview) ReviewBook.PublishAll(context, lease.Id, context.Now);
        LeaseStore.Store(context.State, lease, lease with { HasHiddenReview = !lease.HasHiddenReview });
        return ResultCode.Ok;
    }

    private static ResultCode Reply(ExecutionContext context, WriteReview request)
    {
        if (!request.Stars.IsNone) return ResultCode.OverMaximum;
        Review? byTenant = ReviewBook.Load(context.State, request.LeaseId, ReviewSide.Tenant);
        Review? byProvider = ReviewBook.Load(context.State, request.LeaseId, ReviewSide.Provider);
        if (byTenant is null && byProvider is null) return ResultCode.NotFound;
        Review? review = byTenant?.Subject == context.Sender ? byTenant : null;
        if (byProvider?.Subject == context.Sender) review = byProvider;
        if (review is null) return ResultCode.NoCaseRight;
        if (review.State == ReviewState.Hidden) return ResultCode.BadState;
        if (!review.ReplyHash.IsZero) return ResultCode.AlreadyDone;
        if (request.TextHash.IsZero) return ResultCode.BelowMinimum;

        ReviewBook.Store(context.State, review with { ReplyHash = request.TextHash });
        context.Emit(new Event("ReviewReplied",
        [
            new("lease", review.LeaseId),
            new("side", ReviewBook.NameOf(review.Side)),
            new("reply", request.TextHash),
        ]));
        return ResultCode.Ok;
    }
}
