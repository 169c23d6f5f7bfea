using Chain.Primitives.Blocks;

namespace Chain.Consensus.Votes;

/// <summary>What came in for one round: the proposal and both tallies.</summary>
public sealed class RoundMessages
{
    private readonly ValidatorSet _validators;
    private readonly bool[] _seen;

    public RoundMessages(Round round, ValidatorSet validators)
    {
        Round = round;
        _validators = validators;
        _seen = new bool[validators.Count];
        Prevotes = new VoteTally(validators);
        Precommits = new VoteTally(validators);
    }

    public Round Round { get; }

    public Proposal? Proposal { get; private set; }

    /// <summary>Local clock when the proposal came, Unix milliseconds.</summary>
    public long ProposalReceivedMs { get; private set; }

    public VoteTally Prevotes { get; }

    public VoteTally Precommits { get; }

    /// <summary>Power of the validators from which any message of this round came (L55).</summary>
    public long SeenPower { get; private set; }

    public VoteTally Tally(VoteType type) => type == VoteType.Prevote ? Prevotes : Precommits;

    public bool HasVoted(int index) => Prevotes.Of(index) is not null || Precommits.Of(index) is not null;

    internal void SetProposal(Proposal proposal, long receivedMs, int proposerIndex)
    {
        Proposal = proposal;
        ProposalReceivedMs = receivedMs;
        See(proposerIndex);
    }

    internal VoteOutcome Add(Vote vote, bool isWanted, out Vote? first)
    {
        VoteOutcome outcome = Tally(vote.Type).Add(vote, isWanted, out first);
        if (outcome == VoteOutcome.Added) See(vote.ValidatorIndex);
        return outcome;
    }

    /// <summary>Takes back a validator's votes; its proposal, if any, stays and stays counted.</summary>
    internal void Forget(int index, bool isProposer)
    {
        Prevotes.Forget(index);
        Precommits.Forget(index);
        if (!_seen[index] || (isProposer && Proposal is not null)) return;
        _seen[index] = false;
        SeenPower -= _validators.Validators[index].Power;
    }

    private void See(int index)
    {
        if (_seen[index]) return;
        _seen[index] = true;
        SeenPower += _validators.Validators[index].Power;
    }
}
