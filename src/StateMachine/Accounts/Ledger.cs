using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Accounts;

/// <summary>Balances. Whoever debits puts the same credits somewhere else in the same transaction.</summary>
public static class Ledger
{
    public static Account Load(IStateReader state, in Address address)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(Schema.Account, address));
        return bytes is null ? Account.Empty : Decode(bytes);
    }

    /// <summary>Writes the account, or forgets it when there is nothing to remember.</summary>
    public static void Store(StateOverlay state, in Address address, Account account)
    {
        byte[] key = Schema.Key(Schema.Account, address);
        if (account.IsEmpty) state.Delete(StoreId.Market, key);
        else state.Put(StoreId.Market, key, account.Encode());
    }

    /// <summary>Takes credits from a balance; InsufficientFunds, and no change, when it has less.</summary>
    public static ResultCode Debit(StateOverlay state, in Address address, ulong amount)
    {
        if (amount == 0) return ResultCode.Ok;
        Account account = Load(state, address);
        if (account.Balance < amount) return ResultCode.InsufficientFunds;
        Store(state, address, account with { Balance = account.Balance - amount });
        return ResultCode.Ok;
    }

    /// <summary>Adds credits to a balance; Overflow, and no change, when it cannot hold them.</summary>
    public static ResultCode Credit(StateOverlay state, in Address address, ulong amount)
    {
        if (amount == 0) return ResultCode.Ok;
        Account account = Load(state, address);
        if (account.Balance > ulong.MaxValue - amount) return ResultCode.Overflow;
        Store(state, address, account with { Balance = account.Balance + amount });
        return ResultCode.Ok;
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).Balance;

    private static Account Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = Account.TryDecode(bytes, out Account account, out _);
        Invariant.Holds(isCanonical, "a stored account is canonical");
        return account;
    }
}
