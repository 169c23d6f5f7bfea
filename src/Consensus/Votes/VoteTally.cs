using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Votes;

/// <summary>
/// The prevotes or the precommits of one round: arrays by validator index and power counters; counting a vote allocates
/// nothing. As in the paper a validator that votes twice counts once for each block it voted for, and once in all.
/// </summary>
public sealed class VoteTally
{
    private readonly ValidatorSet _validators;
    private readonly Vote?[] _first;

    /// <summary>Distinct blocks voted for, and their power; two are the rule (a block and nil).</summary>
    private BlockId[] _values = new BlockId[4];
    private long[] _powers = new long[4];
    private int _valueCount;

    /// <summary>Votes beyond the first of their validator: evidence, rare.</summary>
    private List<Vote>? _conflicting;

    public VoteTally(ValidatorSet validators)
    {
        _validators = validators;
        _first = new Vote?[validators.Count];
    }

    /// <summary>Power of the validators that voted at all.</summary>
    public long Power { get; private set; }

    /// <summary>Validators in the set.</summary>
    public int Size => _first.Length;

    /// <summary>How many validators voted.</summary>
    public int Count { get; private set; }

    /// <summary>The block, or nil, that more than two thirds voted for; null before there is one. The first one stays.</summary>
    public BlockId? QuorumValue { get; private set; }

    /// <summary>True when more than two thirds voted, for whatever.</summary>
    public bool HasQuorumOfAny => Quorum.IsReached(Power, _validators.TotalPower);

    /// <summary>The first vote of a validator, by index; null when none came.</summary>
    public Vote? Of(int index) => _first[index];

    public bool HasQuorumFor(in BlockId value) => Quorum.IsReached(PowerFor(value), _validators.TotalPower);

    public long PowerFor(in BlockId value)
    {
        int place = PlaceOf(value);
        return place < 0 ? 0 : _powers[place];
    }

    /// <summary>A validator's vote for one value, its conflicting ones included; null when there is none.</summary>
    public Vote? Find(int index, in BlockId value)
    {
        if (_first[index] is { } first && first.BlockId == value) return first;
        if (_conflicting is null) return null;
        foreach (Vote vote in _conflicting)
        {
            if (vote.ValidatorIndex == index && vote.BlockId == value) return vote;
        }
        return null;
    }

    /// <summary>Counts a vote whose index, address, height, round and type the caller has checked.</summary>
    /// <param name="isWanted">Somebody builds on this vote's block: count it although the validator has conflicting votes already.</param>
    /// <param name="first">The validator's first vote, when the outcome is <see cref="VoteOutcome.Conflicting"/>.</param>
    public VoteOutcome Add(Vote vote, bool isWanted, out Vote? first)
    {
        int index = vote.ValidatorIndex;
        first = _first[index];
        if (first is null)
        {
            _first[index] = vote;
            Power += _validators.Validators[index].Power;
            Count++;
            CountForValue(vote);
            return VoteOutcome.Added;
        }
        if (first.BlockId == vote.BlockId) return VoteOutcome.Duplicate;
        bool isFirstConflict = !HasConflicting(index);
        if (!isFirstConflict && Find(index, vote.BlockId) is not null) return VoteOutcome.Duplicate;
        if (!isFirstConflict && !isWanted) return VoteOutcome.Dropped;
        _conflicting ??= [];
        if (_conflicting.Count >= ConsensusLimits.ConflictingVotesPerRoundMax) return VoteOutcome.Dropped;
        _conflicting.Add(vote);
        CountForValue(vote);
        return isFirstConflict ? VoteOutcome.Conflicting : VoteOutcome.AddedConflicting;
    }

    /// <summary>Takes back all votes of a validator. Only for a tally that has not reached a quorum.</summary>
    public void Forget(int index)
    {
        Invariant.Holds(QuorumValue is null, "a quorum is never taken back");
        if (_first[index] is not { } first) return;
        long power = _validators.Validators[index].Power;
        _powers[PlaceOf(first.BlockId)] -= power;
        _first[index] = null;
        Power -= power;
        Count--;
        if (_conflicting is null) return;
        for (int i = _conflicting.Count - 1; i >= 0; i--)
        {
            if (_conflicting[i].ValidatorIndex != index) continue;
            _powers[PlaceOf(_conflicting[i].BlockId)] -= power;
            _conflicting.RemoveAt(i);
        }
    }

    private void CountForValue(Vote vote)
    {
        int place = PlaceOf(vote.BlockId);
        if (place < 0)
        {
            if (_valueCount == _values.Length)
            {
                Array.Resize(ref _values, 2 * _valueCount);
                Array.Resize(ref _powers, 2 * _valueCount);
            }
            place = _valueCount++;
            _values[place] = vote.BlockId;
        }
        _powers[place] += _validators.Validators[vote.ValidatorIndex].Power;
        if (QuorumValue is null && Quorum.IsReached(_powers[place], _validators.TotalPower)) QuorumValue = _values[place];
    }

    private int PlaceOf(in BlockId value)
    {
        for (int i = 0; i < _valueCount; i++)
        {
            if (_values[i] == value) return i;
        }
        return -1;
    }

    private bool HasConflicting(int index)
    {
        if (_conflicting is null) return false;
        foreach (Vote vote in _conflicting)
        {
            if (vote.ValidatorIndex == index) return true;
        }
        return false;
    }
}
