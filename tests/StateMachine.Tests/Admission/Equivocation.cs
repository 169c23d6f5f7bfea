using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Tests.Execution;

namespace Chain.StateMachine.Tests.Admission;

/// <summary>Two votes of one validator. The signatures are consensus' matter: execution takes evidence as verified.</summary>
internal static class Equivocation
{
    public static DuplicateVoteEvidence By(string validator, long height, VoteType type = VoteType.Precommit)
    {
        Vote vote = new(
            type, new Height(height), new Round(0), BlockId.Nil, TestGenesis.Time, TestKeys.AddressOf(validator), 0, default);
        Hash256 other = Sha256.Hash([1]);
        return new DuplicateVoteEvidence(
            vote, vote with { BlockId = new BlockId(other, new PartSetHeader(1, other)) }, 30, 10, TestGenesis.Time);
    }
}
