using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;

namespace Chain.StateMachine.Accounts.Grants;

/// <summary>What ends a grant's record: its granter, or time.</summary>
public static class GrantClock
{
    /// <summary>Removes a record; its granter gets the storage deposit back.</summary>
    public static void Remove(ExecutionContext context, Grant grant, string happened)
    {
        GrantStore.Delete(context.State, grant);
        Payments.Pay(context, grant.Granter, grant.StorageDeposit);
        context.Emit(new Event(happened,
        [
            new("granter", grant.Granter),
            new("grantee", grant.Grantee),
            new("spent", grant.Spent),
            new("cap", grant.Terms.Cap),
            new("storage_deposit", grant.StorageDeposit),
        ]));
    }

    /// <summary>The timed move of <c>granter ‖ grantee</c>.</summary>
    internal static void Move(ExecutionContext context, byte[] id)
    {
        Address granter = Address.From(id.AsSpan(0, Address.Size));
        Grant? grant = GrantStore.Read(context.State, granter, Address.From(id.AsSpan(Address.Size)));
        if (grant is not null && !grant.IsLiveAt(context.Block.Time)) Remove(context, grant, "GrantExpired");
    }
}
