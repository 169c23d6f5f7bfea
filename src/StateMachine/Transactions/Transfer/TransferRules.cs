using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Transactions.Transfer;

/// <summary>Kind 1: the sender's credits become the recipient's.</summary>
public static class TransferRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Transfer transfer = (Transfer)message;
        if (transfer.Amount == 0) return ResultCode.BelowMinimum;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, transfer.Amount);
        if (debited != ResultCode.Ok) return debited;
        ResultCode credited = Ledger.Credit(context.State, transfer.To, transfer.Amount);
        if (credited != ResultCode.Ok) return credited;
        context.Emit(new Event("Transferred",
        [
            new("from", context.Sender),
            new("to", transfer.To),
            new("amount", transfer.Amount),
        ]));
        return ResultCode.Ok;
    }
}
