using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Consensus.Core;

/// <summary>A vote that the core wants signed. The signer stamps it with max(own clock, <paramref name="EarliestTime"/>).</summary>
/// <param name="PolRound">For a prevote of a re-proposed block, the round of its polka, which lets the guard judge the lock; else −1.</param>
/// <param name="EarliestTime">One millisecond after the block voted for, or, for nil, after the last block.</param>
public sealed record UnsignedVote(
    VoteType Type,
    Height Height,
    Round Round,
    BlockId BlockId,
    Round PolRound,
    Timestamp EarliestTime,
    Address ValidatorAddress,
    int ValidatorIndex)
{
    public Vote Sign(Timestamp timestamp, Signature signature) =>
        new(Type, Height, Round, BlockId, timestamp, ValidatorAddress, ValidatorIndex, signature);
}
