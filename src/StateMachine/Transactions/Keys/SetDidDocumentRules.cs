using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;

namespace Chain.StateMachine.Transactions.Keys;

/// <summary>Kind 2, version 3: the hash of the account's DID document.</summary>
public static class SetDidDocumentRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        SetDidDocument request = (SetDidDocument)message;
        DidDocument? before = DidDocuments.Load(context.State, context.Sender);
        if (request.Hash.IsZero && before is null) return ResultCode.NotFound;
        if (before?.Hash == request.Hash) return ResultCode.AlreadyDone;
        ulong deposit = before?.StorageDeposit ?? context.Block.Parameters.StorageDeposit;
        if (request.Hash.IsZero) Payments.Pay(context, context.Sender, deposit);
        else if (before is null)
        {
            ResultCode debited = Ledger.Debit(context.State, context.Sender, deposit);
            if (debited != ResultCode.Ok) return debited;
        }
        DidDocuments.Store(context.State, context.Sender, request.Hash.IsZero ? null : new DidDocument(request.Hash, deposit));
        context.Emit(new Event("DidDocumentSet",
        [
            new("account", context.Sender),
            new("from", before?.Hash ?? default),
            new("to", request.Hash),
            new("storage_deposit", deposit),
        ]));
        return ResultCode.Ok;
    }
}
