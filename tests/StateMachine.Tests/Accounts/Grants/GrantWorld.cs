using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Grants;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.StateMachine.Tests.Accounts.Grants;

/// <summary>A chain on which alice lets others act for her.</summary>
internal sealed class GrantWorld(Parameters? parameters = null)
{
    public const ulong Credit = TestGenesis.Credit;
    public const ulong Storage = 1_000_000;
    public const string Granter = "alice";
    public const string Grantee = "bob";

    public static readonly Register AsProvider = new(
        Role.Provider, 200 * Credit, "", default, [new ClassCapacity(ResourceClass.CpuMilli, 8000)], "eu", [], 1);

    public TestChain Chain { get; } = new(TestGenesis.Document() with { Parameters = parameters ?? Parameters.Devnet });

    /// <summary>Unix seconds of the last header.</summary>
    public ulong Now => (ulong)Chain.Time.Seconds;

    public static Transfer Pay(ulong amount, string to = "carol") => new(TestKeys.AddressOf(to), amount, default);

    public GrantTerms Terms(ulong cap, params MessageKind[] kinds) =>
        new(KindMask.Of(kinds.Length == 0 ? [MessageKind.Transfer] : kinds), cap, GrantTarget.Any, false, Now + 1000);

    public ResultCode Set(GrantTerms terms, string grantee = Grantee, string granter = Granter) =>
        Run(granter, ChangeGrant.Set(TestKeys.AddressOf(grantee), terms));

    public ResultCode Revoke(string grantee = Grantee) => Run(Granter, ChangeGrant.Revoke(TestKeys.AddressOf(grantee)));

    public ResultCode Run(string sender, params Message[] messages)
    {
        ResultCode code = Chain.Run(1000, Chain.Sign(sender, messages)).Results[0].Code;
        Assert.True(Chain.HeldInAll() == 0);
        return code;
    }

    /// <summary>The grantee acts for the granter.</summary>
    public TransactionOutcome Act(params Message[] messages) => ActAs(Grantee, messages);

    public TransactionOutcome ActAs(string grantee, params Message[] messages)
    {
        TransactionOutcome outcome = Chain.Run(1000, Chain.Sign(grantee, messages, granter: Granter)).Results[0];
        Assert.True(Chain.HeldInAll() == 0);
        return outcome;
    }

    public Grant? Read(string grantee = Grantee)
    {
        Address granter = TestKeys.AddressOf(Granter);
        return GrantStore.Read(Chain.State, granter, TestKeys.AddressOf(grantee));
    }

    /// <summary>What admission says of the transaction at a time.</summary>
    public ResultCode Slot(SignedTransaction transaction, long secondsAhead = 0) =>
        TransactionCheck.Slot(Chain.State, transaction, 10, Chain.Time.AddMs(secondsAhead * 1000), out _);

    public static string NameOf(int number) => FormattableString.Invariant($"helper-{number}");
}
