using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Accounts.Grants;

/// <summary>
/// What one transaction takes from the grant that it uses. Each message is measured by what it takes from the granter's balance, and
/// what another message puts back does not make up for it: else a withdrawal from a lease would pay for a transfer to anybody.
/// </summary>
internal sealed class GrantUse(Grant grant)
{
    private ulong _fee;
    private ulong _byMessages;

    public Grant Grant => grant;

    /// <summary>The grant under which a transaction acts; null, with Ok, for one that acts for its own sender.</summary>
    public static ResultCode Find(IStateReader state, TransactionBody body, Timestamp headerTime, out Grant? grant)
    {
        grant = null;
        if (body.Granter is not { } granter) return ResultCode.Ok;
        Grant? found = GrantStore.Read(state, granter, body.Sender);
        if (found is null || !found.IsLiveAt(headerTime) || !found.Terms.Cover(body.Messages)) return ResultCode.NoGrant;
        grant = found;
        return ResultCode.Ok;
    }

    /// <summary>Counts a fee that the granter pays.</summary>
    public void CountFee(ulong fee)
    {
        Invariant.Holds(fee <= grant.Left, "a fee from a grant was checked to be within its cap");
        _fee = fee;
    }

    /// <summary>Counts what a message took from the granter's balance; OverMaximum when the cap does not leave so much.</summary>
    public ResultCode CountMessage(ulong before, ulong after)
    {
        if (after >= before) return ResultCode.Ok;
        ulong taken = before - after;
        if (taken > grant.Left - _fee - _byMessages) return ResultCode.OverMaximum;
        _byMessages += taken;
        return ResultCode.Ok;
    }

    /// <summary>The messages came to nothing, so that only the fee counts.</summary>
    public void ForgetMessages() => _byMessages = 0;

    /// <summary>Writes what was spent, and tells it.</summary>
    public Event Settle(StateOverlay state)
    {
        ulong spent = _fee + _byMessages;
        Grant after = grant with { Spent = grant.Spent + spent };
        if (spent > 0) GrantStore.Store(state, after, grant);
        return new Event("GrantUsed",
        [
            new("granter", grant.Granter),
            new("grantee", grant.Grantee),
            new("spent", spent),
            new("left", after.Left),
        ]);
    }
}
