using Chain.Consensus;
using Chain.Consensus.Votes;
using Chain.Node.Core;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Node.Peers;

/// <summary>
/// Checks the signatures of votes and proposals by the sets that are known: of the last decided height (late precommits), of
/// the running one and of the one after it.
/// </summary>
public sealed class MessageVerifier(string chainId, ISignatureVerifier signatures, BlockStore blocks)
{
    private ValidatorSet? _previous;
    private ProposerRotation? _current;
    private ProposerRotation? _next;
    private ChainTip? _tip;

    /// <summary>Call whenever the tip moved.</summary>
    public void MoveTo(ChainTip tip)
    {
        if (ReferenceEquals(tip, _tip)) return;
        bool isStep = _tip is { } before && tip.Height == before.Height.Next;
        _previous = isStep ? _tip!.Validators : blocks.LoadValidators(tip.Height);
        _current = new ProposerRotation(tip.Validators);
        _next = new ProposerRotation(tip.NextValidators);
        _tip = tip;
    }

    /// <summary>The set of a height near the tip, or null.</summary>
    public ValidatorSet? SetOf(Height height) => (height.Value - _tip!.Height.Value) switch
    {
        0 => _previous,
        1 => _tip.Validators,
        2 => _tip.NextValidators,
        _ => null,
    };

    public MessageVerdict Check(Vote vote)
    {
        if (SetOf(vote.Height) is not { } set) return MessageVerdict.Elsewhere;
        if (vote.ValidatorIndex >= set.Count) return MessageVerdict.Forged;
        Validator validator = set.Validators[vote.ValidatorIndex];
        if (validator.Address != vote.ValidatorAddress) return MessageVerdict.Forged;
        return signatures.Verify(validator.PublicKey, vote.SignBytes(chainId), vote.Signature)
            ? MessageVerdict.Genuine
            : MessageVerdict.Forged;
    }

    /// <param name="round">Round of the running height, which bounds how far ahead a proposer is worked out.</param>
    public MessageVerdict Check(Proposal proposal, Round round)
    {
        long ahead = proposal.Height.Value - _tip!.Height.Value;
        ProposerRotation? rotation = ahead switch { 1 => _current, 2 => _next, _ => null };
        long roundMax = (ahead == 1 ? round.Value : 0) + (long)ConsensusLimits.ProposalRoundsAheadMax;
        if (rotation is null || proposal.Round.Value > roundMax) return MessageVerdict.Elsewhere;
        Validator proposer = SetOf(proposal.Height)!.Validators[rotation.IndexOf(proposal.Round)];
        return signatures.Verify(proposer.PublicKey, proposal.SignBytes(chainId), proposal.Signature)
            ? MessageVerdict.Genuine
            : MessageVerdict.Forged;
    }
}
