using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Messages;

/// <summary>Kind 30, version 1. Ballots and opinions may be changed while they count; a wish to delay stays.</summary>
public static class CastVoteRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        CastVote request = (CastVote)message;
        Proposal? proposal = ProposalClock.Load(context, request.ProposalId);
        if (proposal is null) return ResultCode.NotFound;
        return request.Action switch
        {
            VoteAction.Ballot => Ballot(context, proposal, request.Choice),
            VoteAction.Opinion => Opinion(context, proposal, request.Choice),
            _ => Delay(context, proposal),
        };
    }

    private static ResultCode Ballot(ExecutionContext context, Proposal proposal, VoteChoice choice)
    {
        if (VotingPowers.Load(context.State, proposal.Content.Kind, context.Now).Of(context.Sender) == 0) return ResultCode.NoGrant;
        if (proposal.State < ProposalState.Voting) return ResultCode.TooEarly;
        if (proposal.State > ProposalState.Voting) return ResultCode.TooLate;
        VoteChoice? before = ProposalStore.Ballot(context.State, proposal.Id, context.Sender);
        if (before == choice) return ResultCode.AlreadyDone;
        if (before is null)
        {
            if (proposal.Ballots == GovernanceLimits.BallotsMax) return ResultCode.OverMaximum;
            ProposalStore.Store(context.State, proposal with { Ballots = proposal.Ballots + 1 }, proposal);
        }
        ProposalStore.StoreBallot(context.State, proposal.Id, context.Sender, choice);
        Tell(context, "Voted", proposal, choice);
        return ResultCode.Ok;
    }

    private static ResultCode Opinion(ExecutionContext context, Proposal proposal, VoteChoice choice)
    {
        List<Address> panel = Accreditations.Holders(context.State, Accreditations.ScopePanel, context.Now);
        if (!panel.Contains(context.Sender)) return ResultCode.NotAccredited;
        if (proposal.State < ProposalState.Panel) return ResultCode.TooEarly;
        if (proposal.State > ProposalState.Panel) return ResultCode.TooLate;
        List<PanelOpinion> opinions = [];
        foreach (PanelOpinion opinion in proposal.Opinions)
        {
            if (opinion == new PanelOpinion(context.Sender, choice)) return ResultCode.AlreadyDone;
            // Who has left the panel counts no longer, which also keeps the list within its bound.
            if (opinion.Member != context.Sender && panel.Contains(opinion.Member)) opinions.Add(opinion);
        }
        opinions.Add(new PanelOpinion(context.Sender, choice));
        ProposalStore.Store(context.State, proposal with { Opinions = opinions }, proposal);
        Tell(context, "PanelOpinion", proposal, choice);
        return ResultCode.Ok;
    }

    private static ResultCode Delay(ExecutionContext context, Proposal proposal)
    {
        List<Address> guardians = Accreditations.Holders(context.State, Accreditations.ScopeGuardian, context.Now);
        if (!guardians.Contains(context.Sender)) return ResultCode.NotGuardian;
        if (proposal.State < ProposalState.Queued) return ResultCode.TooEarly;
        if (proposal.State == ProposalState.Delayed) return ResultCode.AlreadyDone;
        if (proposal.State != ProposalState.Queued) return ResultCode.TooLate;
        List<Address> delayers = [context.Sender];
        foreach (Address delayer in proposal.Delayers)
        {
            if (delayer == context.Sender) return ResultCode.AlreadyDone;
            if (guardians.Contains(delayer)) delayers.Add(delayer);
        }
        Proposal after = proposal with { Delayers = delayers };
        Tell(context, "DelayAsked", proposal, VoteChoice.Yes);
        if (delayers.Count * 2 > guardians.Count)
        {
            Parameters parameters = Parameters.Load(context.State);
            after = after with
            {
                State = ProposalState.Delayed,
                Due = proposal.Due + proposal.Content.LockSeconds(parameters),
            };
            ProposalClock.Tell(context, after, proposal.State);
        }
        ProposalStore.Store(context.State, after, proposal);
        return ResultCode.Ok;
    }

    private static void Tell(ExecutionContext context, string what, Proposal proposal, VoteChoice choice) => context.Emit(
        new Event(what, [new("proposal", proposal.Id), new("by", context.Sender), new("choice", ProposalNames.Of(choice))]));
}
