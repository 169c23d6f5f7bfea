using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Transactions.Keys;

/// <summary>Kind 2, version 2: from the next transaction on, the new key alone speaks for the account.</summary>
public static class RotateKeyRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        RotateKey request = (RotateKey)message;
        Account account = Ledger.Load(context.State, context.Sender);
        Invariant.Holds(account.Key is not null, "the key of a sender is bound before its messages run");
        PublicKey old = account.Key.Value;
        if (old == request.NewKey) return ResultCode.AlreadyDone;
        byte[] signed = RotateKey.ProofBytes(context.Block.ChainId, context.Sender, old, request.NewKey);
        if (!Ed25519.Verify(request.NewKey, signed, request.Proof)) return ResultCode.BadProof;
        Ledger.Store(context.State, context.Sender, account with { Key = request.NewKey });
        context.Emit(new Event("KeyRotated",
        [
            new("account", context.Sender),
            new("from", Hex.Lower(old.Span)),
            new("to", Hex.Lower(request.NewKey.Span)),
        ]));
        return ResultCode.Ok;
    }
}
