using System;
using Chain.Primitives.Codec;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;
using Chain.Tests.Shared;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Accounts;

public sealed class AccountTests
{
    [Fact]
    public void Account_decodes_to_the_same()
    {
        PropertyCheck.Holds(
            from balance in Gen.Choose(0, int.MaxValue)
            from lanes in Gen.Choose(0, 15).ListOf()
            select (balance, lanes),
            sample =>
            {
                Account account = new((ulong)sample.balance, TestKeys.PublicOf("alice"), 7, []);
                ulong next = 1;
                foreach (int lane in sample.lanes) account = account.WithNextSequence((byte)lane, next++);
                return Account.TryDecode(account.Encode(), out Account decoded, out _)
                    && decoded.Encode().AsSpan().SequenceEqual(account.Encode())
                    && decoded.Lanes.Count == account.Lanes.Count;
            });
    }

    [Fact]
    public void Lanes_out_of_order_are_not_canonical()
    {
        byte[] bytes = new MessagePackWriter().Array(5).UInt(1).UInt(9).Nil().UInt(0)
            .Array(2).Array(2).UInt(3).UInt(1).Array(2).UInt(2).UInt(1).ToArray();
        Assert.False(Account.TryDecode(bytes, out _, out DecodeError error));
        Assert.Equal(DecodeCode.OutOfRange, error.Code);
    }

    [Fact]
    public void Debit_and_credit_change_nothing_when_they_fail()
    {
        StateOverlay state = new(EmptyState.Instance);
        Assert.Equal(ResultCode.Ok, Ledger.Credit(state, TestKeys.AddressOf("alice"), ulong.MaxValue));
        Assert.Equal(ResultCode.Overflow, Ledger.Credit(state, TestKeys.AddressOf("alice"), 1));
        Assert.Equal(ResultCode.InsufficientFunds, Ledger.Debit(state, TestKeys.AddressOf("bob"), 1));
        Assert.Equal(ulong.MaxValue, Ledger.Load(state, TestKeys.AddressOf("alice")).Balance);
        Assert.Single(state.Changes);
    }

    [Fact]
    public void Emptied_account_is_forgotten_after_24_hours_and_not_before()
    {
        TestChain chain = new();
        Assert.Equal(ResultCode.Ok, EmptyOut(chain, "alice"));
        Assert.Equal(0UL, chain.Balance("alice"));
        Assert.Equal(1UL, chain.Account("alice").NextSequence(0));
        chain.Pass(24 * 3600);
        Assert.Equal(1UL, chain.Account("alice").NextSequence(0));
        chain.Pass(1);
        Assert.Same(Account.Empty, chain.Account("alice"));
    }

    [Fact]
    public void Account_that_got_credits_again_is_kept()
    {
        TestChain chain = new();
        EmptyOut(chain, "alice");
        chain.RunOne("bob", new Transfer(TestKeys.AddressOf("alice"), 5, default));
        chain.Pass(25 * 3600);
        Assert.Equal(5UL, chain.Balance("alice"));
        Assert.Equal(1UL, chain.Account("alice").NextSequence(0));
    }

    /// <summary>Sends everything: the fee is known beforehand, since the amount's encoding keeps its length.</summary>
    private static ResultCode EmptyOut(TestChain chain, string name)
    {
        ulong balance = chain.Balance(name);
        SignedTransaction Build(ulong amount) => chain.Sign(name, [new Transfer(TestKeys.AddressOf("bob"), amount, default)]);
        ulong fee = Build(balance).Work * 10;
        return chain.Run(1000, Build(balance - fee)).Results[0].Code;
    }
}
