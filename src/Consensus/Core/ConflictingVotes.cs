using Chain.Primitives.Blocks;

namespace Chain.Consensus.Core;

/// <summary>Two votes of one validator that exclude each other, in the order that evidence wants.</summary>
/// <param name="VoteA">The one whose block id is smaller.</param>
/// <param name="TotalPower">Of the set at the votes' height.</param>
public sealed record ConflictingVotes(Vote VoteA, Vote VoteB, long TotalPower, long ValidatorPower)
{
    /// <summary>Orders two votes for different blocks.</summary>
    public static ConflictingVotes Of(Vote one, Vote other, long totalPower, long validatorPower) =>
        one.BlockId < other.BlockId
            ? new ConflictingVotes(one, other, totalPower, validatorPower)
            : new ConflictingVotes(other, one, totalPower, validatorPower);

    /// <summary>The evidence, once the time of the block at the votes' height is known.</summary>
    public DuplicateVoteEvidence ToEvidence(Timestamp blockTime) =>
        new(VoteA, VoteB, TotalPower, ValidatorPower, blockTime);
}
