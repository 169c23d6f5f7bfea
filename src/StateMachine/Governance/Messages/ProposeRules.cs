using System.Collections.Generic;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Messages;

/// <summary>Kind 29: version 1 opens a proposal, version 2 adds to its deposit.</summary>
public static class ProposeRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Propose request = (Propose)message;
        if (!IsEnough(context, request.Deposit)) return ResultCode.BelowMinimum;
        ResultCode code = request.Content.CheckProposed(context);
        if (code == ResultCode.Ok) code = Ledger.Debit(context.State, context.Sender, request.Deposit);
        if (code != ResultCode.Ok) return code;

        Proposal proposal = new(
            Counters.Next(context.State, CounterKind.Proposal), context.Sender, request.Content, request.Disclosure,
            ProposalState.Deposit, context.Now, context.Now + context.Block.Parameters.VotingSeconds, HadPanel: false,
            [new ProposalDeposit(context.Sender, request.Deposit)], [], [], default, ResultCode.Ok);
        context.Emit(new Event("ProposalOpened",
        [
            new("proposal", proposal.Id),
            new("proposer", context.Sender),
            new("kind", (ulong)request.Content.Kind),
            new("deposit", request.Deposit),
            new("disclosure", request.Disclosure),
        ]));
        ProposalStore.Store(context.State, BeginIfPaid(context, proposal), null);
        return ResultCode.Ok;
    }

    public static ResultCode ApplyDeposit(ExecutionContext context, Message message)
    {
        AddDeposit request = (AddDeposit)message;
        Proposal? before = ProposalClock.Load(context, request.ProposalId);
        if (before is null) return ResultCode.NotFound;
        if (before.State != ProposalState.Deposit) return ResultCode.BadState;
        if (!IsEnough(context, request.Amount)) return ResultCode.BelowMinimum;
        List<ProposalDeposit> deposits = [];
        ulong own = request.Amount;
        foreach (ProposalDeposit deposit in before.Deposits)
        {
            if (deposit.Depositor == context.Sender) own += deposit.Amount;
            else deposits.Add(deposit);
        }
        if (deposits.Count == GovernanceLimits.DepositorsMax) return ResultCode.OverMaximum;
        deposits.Add(new ProposalDeposit(context.Sender, own));
        ResultCode debited = Ledger.Debit(context.State, context.Sender, request.Amount);
        if (debited != ResultCode.Ok) return debited;

        Proposal after = before with { Deposits = deposits };
        context.Emit(new Event("ProposalDeposited",
        [
            new("proposal", after.Id),
            new("depositor", context.Sender),
            new("amount", request.Amount),
            new("deposited", after.Deposited),
        ]));
        ProposalStore.Store(context.State, BeginIfPaid(context, after), before);
        return ResultCode.Ok;
    }

    private static bool IsEnough(ExecutionContext context, ulong amount) =>
        amount > 0 && amount >= context.Block.Parameters.ProposalDepositMin / GovernanceLimits.DepositParts;

    private static Proposal BeginIfPaid(ExecutionContext context, Proposal proposal)
    {
        if (proposal.Deposited < context.Block.Parameters.ProposalDepositMin) return proposal;
        Proposal begun = ProposalClock.Begin(context, proposal, context.Now);
        ProposalClock.Tell(context, begun, proposal.State);
        return begun;
    }
}
