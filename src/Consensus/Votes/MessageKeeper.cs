using System.Collections.Generic;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Votes;

/// <summary>The messages of one height by round, within <see cref="ConsensusLimits"/>.</summary>
internal sealed class MessageKeeper
{
    private readonly ValidatorSet _validators;
    private readonly ProposerRotation _rotation;

    /// <summary>Rounds ascending.</summary>
    private readonly List<RoundMessages> _rounds = [];

    public MessageKeeper(ValidatorSet validators, ProposerRotation rotation)
    {
        _validators = validators;
        _rotation = rotation;
    }

    /// <summary>Every round of which something is known, ascending.</summary>
    public List<RoundMessages> Rounds => _rounds;

    public RoundMessages? Get(Round round)
    {
        int place = PlaceOf(round);
        return place >= 0 ? _rounds[place] : null;
    }

    public RoundMessages GetOrAdd(Round round)
    {
        int place = PlaceOf(round);
        if (place >= 0) return _rounds[place];
        RoundMessages messages = new(round, _validators);
        _rounds.Insert(~place, messages);
        return messages;
    }

    /// <summary>Counts a vote of the set's validator. The first one a validator casts in a third round above ours displaces its lowest.</summary>
    /// <param name="isCertified">The vote came in a verified commit: no bound on its round.</param>
    public VoteOutcome Add(Vote vote, Round current, bool isCertified, out Vote? first)
    {
        first = null;
        bool isKnown = Get(vote.Round) is not null;
        if (!isCertified && !isKnown && vote.Round < current && !IsWithinPast(vote.Round, current) && !IsPolRound(vote.Round, current))
        {
            return VoteOutcome.Dropped;
        }
        if (!isCertified && vote.Round > current && !MakeRoom(vote, current)) return VoteOutcome.Dropped;
        return GetOrAdd(vote.Round).Add(vote, IsWanted(vote), out first);
    }

    /// <summary>Drops rounds far below ours, except those with a polka, which later proposals may build on.</summary>
    public void Prune(Round current)
    {
        for (int i = _rounds.Count - 1; i >= 0; i--)
        {
            RoundMessages messages = _rounds[i];
            if (messages.Round >= current || IsWithinPast(messages.Round, current)) continue;
            bool hasPolka = messages.Prevotes.QuorumValue is { IsNil: false };
            if (!hasPolka && messages.Precommits.QuorumValue is not { IsNil: false }) _rounds.RemoveAt(i);
        }
    }

    private static bool IsWithinPast(Round round, Round current) =>
        round.Value >= (long)current.Value - ConsensusLimits.PastRoundsMax;

    /// <summary>True when the proposal of our round claims its polka in that round.</summary>
    private bool IsPolRound(Round round, Round current) => Get(current)?.Proposal?.PolRound == round;

    /// <summary>True when the vote's block is the proposal of its round, or a later proposal says that it got a polka there.</summary>
    private bool IsWanted(Vote vote)
    {
        foreach (RoundMessages messages in _rounds)
        {
            if (messages.Proposal is not { } proposal || proposal.BlockId != vote.BlockId) continue;
            if (messages.Round == vote.Round || proposal.PolRound == vote.Round) return true;
        }
        return false;
    }

    /// <summary>The highest rounds win, since f+1 validators in one round above ours call us there (L55).</summary>
    private bool MakeRoom(Vote vote, Round current)
    {
        int index = vote.ValidatorIndex;
        if (Get(vote.Round)?.HasVoted(index) == true) return true;
        RoundMessages? lowest = null;
        int ahead = 0;
        for (int i = _rounds.Count - 1; i >= 0 && _rounds[i].Round > current; i--)
        {
            if (!_rounds[i].HasVoted(index)) continue;
            lowest = _rounds[i];
            ahead++;
        }
        if (ahead < ConsensusLimits.CatchUpRoundsPerValidatorMax) return true;
        if (lowest is null || lowest.Round > vote.Round) return false;
        lowest.Forget(index, IsProposerOf(lowest, index));
        if (lowest.SeenPower == 0) _rounds.Remove(lowest);
        return true;
    }

    private bool IsProposerOf(RoundMessages messages, int index) =>
        messages.Proposal is not null && _rotation.IndexOf(messages.Round) == index;

    private int PlaceOf(Round round)
    {
        int low = 0;
        int high = _rounds.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_rounds[middle].Round == round) return middle;
            if (_rounds[middle].Round < round) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}
