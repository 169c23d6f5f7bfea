using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Admission;

/// <summary>
/// Kind 33. A vote counts with the power that its sender has in the set of this very block; at each vote all are weighed anew, so
/// that who has left the set, or lost the seat, counts no longer. The vote that lifts the sum above 2/3 makes the change at once.
/// </summary>
public static class AdmitRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Admit proposal = (Admit)message;
        ValidatorSet set = ValidatorSets.Next(context.State);
        SortedDictionary<Address, long> powers = Powers(context, set);
        if (!powers.ContainsKey(context.Sender)) return ResultCode.NotValidator;
        // A proposal that cannot take effect is refused with the reason, whoever's vote it is.
        ResultCode possible = AdmitEffects.Check(context, proposal);
        if (possible != ResultCode.Ok) return possible;

        OpenAdmission? open = OpenAdmissions.Load(context, proposal.Id);
        bool isFull = open is null
            && OpenAdmissions.CountOf(context, context.Sender) >= AdmissionLimits.ProposalsPerValidatorMax;
        if (isFull) return ResultCode.ProposalsFull;
        SortedSet<Address> voters = [context.Sender];
        foreach (Address voter in open?.Voters ?? [])
        {
            if (powers.ContainsKey(voter)) voters.Add(voter);
        }
        Int128 voted = 0;
        foreach (Address voter in voters) voted += powers[voter];
        bool isDecided = voted * 3 > (Int128)set.TotalPower * 2;
        bool isRepeated = open is not null && IsAmong(open.Voters, context.Sender);
        if (isRepeated && !isDecided) return ResultCode.AlreadyDone;

        context.Emit(new Event("AdmissionVoted",
        [
            new("id", proposal.Id),
            new("validator", context.Sender),
            new("power", (ulong)voted),
            new("total_power", (ulong)set.TotalPower),
            new("decided", isDecided ? "true" : "false"),
        ]));
        if (isDecided)
        {
            if (open is not null) OpenAdmissions.Remove(context.State, open);
            AdmitEffects.Apply(context, proposal);
            return ResultCode.Ok;
        }
        MarketTime due = open?.Due ?? context.Now + context.Block.Parameters.AdmissionSeconds;
        OpenAdmissions.Store(context.State, new OpenAdmission(proposal, open?.Opener ?? context.Sender, due, [.. voters]));
        return ResultCode.Ok;
    }

    /// <summary>Who may vote, by provider: a seat that is valid, and power in the set of this block.</summary>
    private static SortedDictionary<Address, long> Powers(ExecutionContext context, ValidatorSet set)
    {
        SortedDictionary<Address, long> powers = [];
        foreach (Seat seat in Seats.All(context.State))
        {
            int place = set.IndexOf(seat.ConsensusAddress);
            if (place >= 0 && seat.Expires > context.Now) powers.Add(seat.Provider, set.Validators[place].Power);
        }
        return powers;
    }

    private static bool IsAmong(IReadOnlyList<Address> voters, in Address sender)
    {
        foreach (Address voter in voters)
        {
            if (voter == sender) return true;
        }
        return false;
    }
}
