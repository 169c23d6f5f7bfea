using System;

namespace Chain.StateMachine.Trust.Reviews;

/// <summary>What a review counts (marketplace.md 5.1), in whole ncredit of fees.</summary>
public static class ReviewMath
{
    /// <summary>
    /// The market fees of the lease, which nobody gets back, up to a cap, halved for each earlier review by the same author of
    /// the same subject. It is linear in what was paid, so that splitting a lease in many wins nothing.
    /// </summary>
    public static ulong Weight(ulong feePaid, ulong cap, ulong earlierReviews)
    {
        ulong weight = Math.Min(feePaid, cap);
        return earlierReviews >= 64 ? 0 : weight >> (int)earlierReviews;
    }
}
