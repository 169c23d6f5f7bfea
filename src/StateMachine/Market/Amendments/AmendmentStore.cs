using Chain.Primitives;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Market.Amendments;

/// <summary>Load and store of what is asked for, under the lease's number. It needs no timed move: time only makes it useless.</summary>
public static class AmendmentStore
{
    public static Amendment? Read(IStateReader state, ulong leaseId)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(MarketSchema.Amendment, leaseId));
        if (bytes is null) return null;
        bool isCanonical = Amendment.TryDecode(bytes, out Amendment amendment, out _);
        Invariant.Holds(isCanonical, "a stored amendment is canonical");
        return amendment;
    }

    public static void Store(StateOverlay state, Amendment amendment) =>
        state.Put(StoreId.Market, Schema.Key(MarketSchema.Amendment, amendment.LeaseId), amendment.Encode());

    /// <summary>Removes what is asked for, if anything is.</summary>
    public static void Delete(StateOverlay state, ulong leaseId)
    {
        byte[] key = Schema.Key(MarketSchema.Amendment, leaseId);
        if (state.Get(StoreId.Market, key) is not null) state.Delete(StoreId.Market, key);
    }
}
