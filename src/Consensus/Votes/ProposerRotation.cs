using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Votes;

/// <summary>
/// Who proposes in each round of a height (<c>proposer(h, round)</c> of the paper): the set's proposer in round 0, then one
/// step of the priorities a round. A round costs one step over the set, so the caller bounds how far it asks ahead.
/// </summary>
public sealed class ProposerRotation
{
    private readonly List<int> _proposers;
    private ValidatorSet _newest;

    /// <param name="validators">The set of the height, priorities as of round 0.</param>
    public ProposerRotation(ValidatorSet validators)
    {
        _newest = validators;
        _proposers = [validators.ProposerIndex];
    }

    /// <summary>Index of the proposer; the order of a set never changes within a height.</summary>
    public int IndexOf(Round round)
    {
        Invariant.Holds(round >= Round.Zero, "a proposer exists from round 0 on");
        while (_proposers.Count <= round.Value)
        {
            _newest = _newest.Increment(1);
            _proposers.Add(_newest.ProposerIndex);
        }
        return _proposers[round.Value];
    }
}
