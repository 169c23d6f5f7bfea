using Chain.Consensus.Core;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Recovery;

/// <summary>What the guard is asked to let through.</summary>
/// <param name="Type">Prevote, precommit or proposal.</param>
/// <param name="PolRound">A proposal's POLRound; for a prevote, the polka round that its proposal claims; else −1.</param>
public sealed record SignRequest(
    VoteType Type, Height Height, Round Round, BlockId BlockId, Round PolRound, Timestamp Timestamp)
{
    /// <summary>The request of a vote; the timestamp is max(own clock, the vote's earliest time).</summary>
    public static SignRequest Of(UnsignedVote vote, Timestamp now) =>
        new(vote.Type, vote.Height, vote.Round, vote.BlockId, vote.PolRound, now < vote.EarliestTime ? vote.EarliestTime : now);

    public static SignRequest Of(UnsignedProposal proposal) =>
        new(VoteType.Proposal, proposal.Height, proposal.Round, proposal.BlockId, proposal.PolRound, proposal.Timestamp);

    public byte[] SignBytes(string chainId) => Type == VoteType.Proposal
        ? Primitives.Blocks.SignBytes.Proposal(chainId, Height, Round, PolRound, BlockId, Timestamp)
        : Primitives.Blocks.SignBytes.Vote(chainId, Type, Height, Round, BlockId, Timestamp);
}
