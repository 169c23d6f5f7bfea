using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Transactions.Grants;

/// <summary>Kind 2, version 1: set or revoke a grant. An account has at most one grant to each other account.</summary>
public static class ChangeGrantRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        ChangeGrant request = (ChangeGrant)message;
        Grant? before = GrantStore.Read(context.State, context.Sender, request.Grantee);
        if (request.Action == GrantAction.Set) return Set(context, request, before);
        if (before is null) return ResultCode.NotFound;
        GrantClock.Remove(context, before, "GrantRevoked");
        return ResultCode.Ok;
    }

    private static ResultCode Set(ExecutionContext context, ChangeGrant request, Grant? before)
    {
        GrantTerms terms = request.Terms;
        if (request.Grantee == context.Sender) return ResultCode.SelfDeal;
        ulong now = (ulong)long.Max(0, context.Block.Time.Seconds);
        if (terms.ExpiresAt <= now) return ResultCode.TooLate;
        if (terms.ExpiresAt - now > GrantLimits.SecondsMax) return ResultCode.OverMaximum;
        ulong deposit = before?.StorageDeposit ?? context.Block.Parameters.StorageDeposit;
        if (before is null)
        {
            bool isFull = GrantStore.Count(context.State, context.Sender) >= GrantLimits.PerAccountMax;
            if (isFull) return ResultCode.OverMaximum;
            ResultCode debited = Ledger.Debit(context.State, context.Sender, deposit);
            if (debited != ResultCode.Ok) return debited;
        }
        // What a live grant has spent stays spent: a grantee that hurries before a change of the cap gains nothing by it.
        ulong spent = before is not null && before.IsLiveAt(context.Block.Time) ? before.Spent : 0;
        // Market time runs no faster than header time, so the record goes after its expiry, never before; both round to seconds.
        Grant grant = new(
            context.Sender, request.Grantee, terms, spent, deposit, context.Now + (terms.ExpiresAt - now + 1));
        GrantStore.Store(context.State, grant, before);
        context.Emit(new Event("GrantSet",
        [
            new("granter", grant.Granter),
            new("grantee", grant.Grantee),
            new("kinds", terms.Kinds.Bits),
            new("target", terms.Target.ToString()),
            new("cap", terms.Cap),
            new("spent", spent),
            new("expires_at", terms.ExpiresAt),
            new("storage_deposit", deposit),
        ]));
        return ResultCode.Ok;
    }
}
