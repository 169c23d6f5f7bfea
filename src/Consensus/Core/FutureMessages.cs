using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Consensus.Core;

/// <summary>Messages for the heights after the one that runs, within <see cref="ConsensusLimits"/>; the oldest gives way.</summary>
/// <remarks>CometBFT drops them, and a peer never sends them again: a node one height behind then misses a whole round.</remarks>
internal sealed class FutureMessages
{
    private readonly SortedDictionary<Address, List<Vote>> _votes = [];
    private readonly List<Input.ProposalReceived> _proposals = [];

    /// <summary>Keeps a vote; its signature is the validator's, so each can only push out its own.</summary>
    public void Add(Vote vote)
    {
        if (!_votes.TryGetValue(vote.ValidatorAddress, out List<Vote>? votes))
        {
            // One set for each height ahead.
            if (_votes.Count >= Primitives.Limits.ValidatorsMax * ConsensusLimits.FutureHeightsMax) return;
            votes = [];
            _votes.Add(vote.ValidatorAddress, votes);
        }
        if (votes.Contains(vote)) return;
        if (votes.Count >= ConsensusLimits.FutureVotesPerValidatorMax) votes.RemoveAt(0);
        votes.Add(vote);
    }

    public void Add(Input.ProposalReceived proposal)
    {
        foreach (Input.ProposalReceived known in _proposals)
        {
            if (known.Proposal == proposal.Proposal) return;
        }
        if (_proposals.Count >= ConsensusLimits.FutureProposalsMax) _proposals.RemoveAt(0);
        _proposals.Add(proposal);
    }

    /// <summary>Takes out what is for a height, proposals first, and forgets what lies below.</summary>
    public List<Input> Take(Height height)
    {
        List<Input> taken = [];
        foreach (Input.ProposalReceived proposal in _proposals)
        {
            if (proposal.Proposal.Height == height) taken.Add(proposal);
        }
        _proposals.RemoveAll(proposal => proposal.Proposal.Height <= height);
        List<Address> empty = [];
        foreach ((Address address, List<Vote> votes) in _votes)
        {
            foreach (Vote vote in votes)
            {
                if (vote.Height == height) taken.Add(new Input.VoteReceived(vote));
            }
            votes.RemoveAll(vote => vote.Height <= height);
            if (votes.Count == 0) empty.Add(address);
        }
        foreach (Address address in empty) _votes.Remove(address);
        return taken;
    }
}
