using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Admission;

/// <summary>
/// Kind 31. A request holds a storage deposit, so that nobody fills the state with keys. Whoever holds the node key may leave,
/// whichever account asked.
/// </summary>
public static class RequestAccessRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        RequestAccess request = (RequestAccess)message;
        byte[] signed = RequestAccess.SignBytes(context.Block.ChainId, context.Sender, request.Action, request.NodeKey);
        if (!Ed25519.Verify(request.NodeKey, signed, request.Proof)) return ResultCode.BadProof;
        AccessRequest? open = AccessRequests.Load(context, request.NodeKey);
        bool hasAccess = Accesses.ExpiryOf(context.State, request.NodeKey, context.Now) is not null;
        return request.Action == AccessAction.Ask
            ? Ask(context, request.NodeKey, open is not null || hasAccess)
            : Leave(context, request.NodeKey, open, hasAccess);
    }

    /// <param name="reason">left, expired or granted.</param>
    internal static Event Ended(in PublicKey nodeKey, string reason) =>
        new("AccessRequestEnded", [new("node_key", Hex.Lower(nodeKey.Span)), new("reason", reason)]);

    private static ResultCode Ask(ExecutionContext context, in PublicKey nodeKey, bool exists)
    {
        if (exists) return ResultCode.Exists;
        ulong deposit = context.Block.Parameters.StorageDeposit;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, deposit);
        if (debited != ResultCode.Ok) return debited;
        AccessRequest request = new(context.Sender, context.Now + context.Block.Parameters.AdmissionSeconds, deposit);
        AccessRequests.Store(context.State, nodeKey, request);
        context.Emit(new Event("AccessRequested",
        [
            new("node_key", Hex.Lower(nodeKey.Span)),
            new("sender", context.Sender),
            new("storage_deposit", deposit),
            new("due", request.Due.Seconds),
        ]));
        return ResultCode.Ok;
    }

    private static ResultCode Leave(ExecutionContext context, in PublicKey nodeKey, AccessRequest? open, bool hasAccess)
    {
        if (open is null && !hasAccess) return ResultCode.NotFound;
        if (open is not null)
        {
            AccessRequests.Close(context, nodeKey, open);
            context.Emit(Ended(nodeKey, "left"));
        }
        if (hasAccess)
        {
            Accesses.Remove(context.State, nodeKey);
            context.Emit(Accesses.Ended(nodeKey, "left"));
        }
        return ResultCode.Ok;
    }
}
