using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Governance;

/// <summary>
/// Who votes, and with what weight: providers with a seat, with the power that it has in this block's validator set. Ballots are
/// weighed when the voting ends, so that no power counts twice and who lost its seat counts no longer.
/// </summary>
public sealed class VotingPowers
{
    private readonly SortedDictionary<Address, ulong> _byProvider = [];

    private VotingPowers(ulong total) => Total = total;

    /// <summary>Of the whole validator set.</summary>
    public ulong Total { get; }

    public bool Has(in Address voter) => _byProvider.ContainsKey(voter);

    public static VotingPowers Load(IStateReader state)
    {
        ValidatorSet set = ValidatorSets.Next(state);
        VotingPowers powers = new((ulong)set.TotalPower);
        foreach (Seat seat in Seats.All(state))
        {
            int place = set.IndexOf(seat.ConsensusAddress);
            if (place < 0) continue;
            powers._byProvider.TryGetValue(seat.Provider, out ulong power);
            powers._byProvider[seat.Provider] = power + (ulong)set.Validators[place].Power;
        }
        return powers;
    }

    /// <summary>Weighs the ballots on a proposal.</summary>
    public Tally Count(IStateReader state, ulong proposal)
    {
        ulong yes = 0;
        ulong no = 0;
        ulong abstain = 0;
        foreach ((Address voter, ulong power) in _byProvider)
        {
            switch (ProposalStore.Ballot(state, proposal, voter))
            {
                case VoteChoice.Yes:
                    yes += power;
                    break;
                case VoteChoice.No:
                    no += power;
                    break;
                case VoteChoice.Abstain:
                    abstain += power;
                    break;
                default:
                    break;
            }
        }
        return new Tally(yes, no, abstain, Total);
    }
}
