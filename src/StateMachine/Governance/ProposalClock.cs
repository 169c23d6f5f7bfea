using System.Buffers.Binary;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Governance;

/// <summary>What time does to a proposal, whoever looks at it first.</summary>
public static class ProposalClock
{
    /// <summary>The proposal at the block's time, or null when there is none (any more).</summary>
    public static Proposal? Load(ExecutionContext context, ulong id)
    {
        Proposal? proposal = ProposalStore.Read(context.State, id);
        while (proposal is not null && proposal.Due <= context.Now) proposal = Step(context, proposal);
        return proposal;
    }

    /// <summary>The deposit is there: the panel speaks next, or, where there is none, the voting begins.</summary>
    internal static Proposal Begin(ExecutionContext context, Proposal proposal, MarketTime from)
    {
        Parameters parameters = Parameters.Load(context.State);
        bool hasPanel = Accreditations.Holders(context.State, Accreditations.ScopePanel, context.Now).Count > 0;
        return proposal with
        {
            State = hasPanel ? ProposalState.Panel : ProposalState.Voting,
            HadPanel = hasPanel,
            Due = from + (hasPanel ? parameters.PanelSeconds : parameters.VotingSeconds),
        };
    }

    internal static void Move(ExecutionContext context, byte[] id) => Load(context, BinaryPrimitives.ReadUInt64BigEndian(id));

    /// <summary>Tells from which state to which it went.</summary>
    internal static void Tell(ExecutionContext context, Proposal after, ProposalState before) => context.Emit(new Event(
        "ProposalMoved",
        [
            new("proposal", after.Id),
            new("from", ProposalNames.Of(before)),
            new("to", ProposalNames.Of(after.State)),
            new("due", after.Due.Seconds),
        ]));

    private static Proposal? Step(ExecutionContext context, Proposal proposal)
    {
        if (proposal.HasEnded)
        {
            ProposalStore.Delete(context.State, proposal);
            return null;
        }
        Parameters parameters = Parameters.Load(context.State);
        // Lengths run from the deadline, not from now: a late look changes no date.
        Proposal after = proposal.State switch
        {
            ProposalState.Deposit => End(context, proposal, ProposalState.Expired),
            ProposalState.Panel => proposal with
            {
                State = ProposalState.Voting,
                Due = proposal.Due + parameters.VotingSeconds,
            },
            ProposalState.Voting => Decide(context, proposal, parameters),
            _ => Execute(context, proposal),
        };
        ProposalStore.Store(context.State, after, proposal);
        Tell(context, after, proposal.State);
        return after;
    }

    private static Proposal Decide(ExecutionContext context, Proposal proposal, Parameters parameters)
    {
        Proposal counted = proposal with { Tally = VotingPowers.Load(context.State, proposal.Content.Kind, context.Now).Count(proposal.Id) };
        Tally tally = counted.Tally;
        context.Emit(new Event("VotesCounted",
        [
            new("proposal", proposal.Id),
            new("yes", tally.Yes),
            new("no", tally.No),
            new("abstain", tally.Abstain),
            new("total", tally.Total),
        ]));
        if (!tally.Passes(proposal.Content.Kind)) return End(context, counted, ProposalState.Rejected);
        ulong lockSeconds = proposal.Content.LockSeconds(parameters) * proposal.Locks;
        return counted with { State = ProposalState.Queued, Due = proposal.Due + lockSeconds };
    }

    private static Proposal Execute(ExecutionContext context, Proposal proposal)
    {
        ResultCode code = proposal.Content.Check(context);
        if (code != ResultCode.Ok) return End(context, proposal with { Failure = code }, ProposalState.Failed);
        proposal.Content.Apply(context);
        return End(context, proposal, ProposalState.Executed);
    }

    /// <summary>The deposit goes back; that of one which more power rejected than wanted goes to the treasury.</summary>
    private static Proposal End(ExecutionContext context, Proposal proposal, ProposalState state)
    {
        bool isForfeit = state == ProposalState.Rejected && proposal.Tally.HasQuorum && proposal.Tally.No > proposal.Tally.Yes;
        if (isForfeit) Pools.AddToTreasury(context.State, proposal.Deposited);
        foreach (ProposalDeposit deposit in proposal.Deposits)
        {
            if (!isForfeit) Payments.Pay(context, deposit.Depositor, deposit.Amount);
        }
        context.Emit(new Event(isForfeit ? "ProposalDepositLost" : "ProposalDepositReturned",
        [
            new("proposal", proposal.Id),
            new("amount", proposal.Deposited),
        ]));
        ulong kept = Parameters.Load(context.State).PruneSeconds;
        return proposal with { State = state, Deposits = [], Due = proposal.Due + kept };
    }
}
