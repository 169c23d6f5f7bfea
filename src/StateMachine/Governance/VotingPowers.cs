using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Governance;

/// <summary>
/// Who votes, and with what weight: everybody with a bonded stake in a role, by that stake up to a cap. What consensus itself depends on,
/// upgrades and who decides, is for the validators, by the power of their seats. Ballots are weighed when the voting ends, so
/// that nothing counts twice and who has left counts no longer.
/// </summary>
public sealed class VotingPowers
{
    private static readonly Role[] OtherRoles = [Role.Auditor, Role.Prober, Role.Juror];

    private readonly IStateReader _state;
    private readonly SortedDictionary<Address, ulong>? _bySeat;
    private readonly ulong _stakeMax;

    private VotingPowers(IStateReader state, ulong total, ulong stakeMax, SortedDictionary<Address, ulong>? bySeat)
    {
        _state = state;
        _bySeat = bySeat;
        _stakeMax = stakeMax;
        Total = total;
    }

    /// <summary>Of everybody who could vote: ncredit of stake, or power of the whole validator set.</summary>
    public ulong Total { get; }

    /// <summary>True for what validators decide by their power.</summary>
    public static bool IsBySeats(ProposalKind kind) => kind is ProposalKind.Upgrade or ProposalKind.Accreditation;

    public static VotingPowers Load(IStateReader state, ProposalKind kind, MarketTime now)
    {
        if (IsBySeats(kind)) return OfSeats(state, now);
        RegistryTotals totals = RegistryTotals.Load(state);
        return new VotingPowers(state, totals.VoteStake, totals.VoteCap, null);
    }

    /// <summary>The weight of an account; 0 for one that does not vote.</summary>
    public ulong Of(in Address voter)
    {
        if (_bySeat is not null) return _bySeat.TryGetValue(voter, out ulong power) ? power : 0;
        ulong stake = Math.Min(Providers.Load(_state, voter)?.Bonded ?? 0, _stakeMax);
        foreach (Role role in OtherRoles)
        {
            stake += Math.Min(RoleHolders.Load(_state, role, voter)?.Stake.Bonded ?? 0, _stakeMax);
        }
        return stake;
    }

    /// <summary>Weighs the ballots on a proposal, of which there are at most <see cref="GovernanceLimits.BallotsMax"/>.</summary>
    public Tally Count(ulong proposal)
    {
        ulong yes = 0;
        ulong no = 0;
        ulong abstain = 0;
        foreach ((Address voter, VoteChoice choice) in ProposalStore.Ballots(_state, proposal))
        {
            ulong power = Of(voter);
            switch (choice)
            {
                case VoteChoice.Yes:
                    yes += power;
                    break;
                case VoteChoice.No:
                    no += power;
                    break;
                default:
                    abstain += power;
                    break;
            }
        }
        return new Tally(yes, no, abstain, Total);
    }

    /// <summary>By provider: a seat that is valid, and power in the set of this block; as for kind 33.</summary>
    private static VotingPowers OfSeats(IStateReader state, MarketTime now)
    {
        ValidatorSet set = ValidatorSets.Next(state);
        SortedDictionary<Address, ulong> bySeat = [];
        foreach (Seat seat in Seats.All(state))
        {
            int place = set.IndexOf(seat.ConsensusAddress);
            if (place < 0 || seat.Expires <= now) continue;
            bySeat.TryGetValue(seat.Provider, out ulong power);
            bySeat[seat.Provider] = power + (ulong)set.Validators[place].Power;
        }
        return new VotingPowers(state, (ulong)set.TotalPower, 0, bySeat);
    }
}
