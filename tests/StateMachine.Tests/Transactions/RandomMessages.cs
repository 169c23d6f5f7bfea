using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;
using Chain.StateMachine.Transactions.Update;
using FsCheck;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Transactions;

/// <summary>Messages of the base kinds, with amounts around what the test genesis holds.</summary>
internal static class RandomMessages
{
    private static readonly string[] Names = [.. TestGenesis.People[..4], "auditor", "provider"];

    public static Gen<string> Name { get; } = Gen.Elements(Names);

    public static Gen<ulong> Amount { get; } = Gen.OneOf(
        Gen.Choose(0, 1000).Select(units => (ulong)units),
        Gen.Choose(0, 200_000).Select(credits => (ulong)credits * TestGenesis.Credit),
        Gen.Elements(ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63));

    private static Gen<Role> Roles { get; } = Gen.Elements(
        Role.Provider, Role.Auditor, Role.Prober, Role.Juror);

    private static Gen<Message> Transfers { get; } =
        from to in Name
        from amount in Amount
        select (Message)new Transfer(TestKeys.AddressOf(to), amount, default);

    private static Gen<Message> Stakes { get; } =
        from role in Roles
        from action in Gen.Elements(StakeAction.Bond, StakeAction.Unbond, StakeAction.Claim)
        from amount in Amount
        select (Message)new Stake(role, action, action == StakeAction.Claim ? 0 : amount);

    private static Gen<Message> Registers { get; } =
        from role in Roles
        from stake in Amount
        from region in Gen.Elements("", "eu", "über-мир")
        from units in Gen.Choose(0, 3)
        select (Message)new Register(role, stake, "did:x", Hash256.From(new byte[32]), Capacity(units), region, Attributes(units), 1);

    private static Gen<Message> Updates { get; } =
        from change in Gen.Elements(StatusChange.Pause, StatusChange.Resume, StatusChange.Exit, StatusChange.Retire)
        from region in Gen.Elements("", "us")
        from units in Gen.Choose(0, 3)
        select (Message)new Update(change, region, default, Capacity(units));

    private static Gen<Message> Admissions { get; } =
        from what in Gen.Choose(0, 4)
        from who in Name
        from key in Name
        select Admission(what, TestKeys.AddressOf(who), key);

    public static Gen<Message> One { get; } = Gen.OneOf(Transfers, Stakes, Registers, Updates, Admissions);

    public static Gen<List<Message>> Some { get; } =
        from count in Gen.Choose(1, 4)
        from messages in One.ListOf(count)
        select new List<Message>(messages);

    /// <summary>Requests are proven for the sender that the address names, votes are of anybody.</summary>
    private static Message Admission(int what, in Address who, string keyName)
    {
        using PrivateKey key = TestKeys.Of(keyName + "-key");
        using PrivateKey node = TestKeys.Of(keyName + "-node");
        return what switch
        {
            0 => RequestAccess.Sign("devnet-1", who, AccessAction.Ask, node),
            1 => RequestAccess.Sign("devnet-1", who, AccessAction.Leave, node),
            2 => RequestSeat.SignAsk("devnet-1", who, key, node),
            3 => RequestSeat.Leave,
            _ => Admit.GrantAccess(node.PublicKey, MarketTime.Never),
        };
    }

    private static ClassCapacity[] Capacity(int count)
    {
        List<ClassCapacity> capacity = [];
        for (int i = 1; i <= count; i++) capacity.Add(new ClassCapacity((ResourceClass)i, (ulong)i * 100));
        return [.. capacity];
    }

    private static ProviderAttribute[] Attributes(int count)
    {
        List<ProviderAttribute> attributes = [];
        for (int i = 1; i <= count; i++) attributes.Add(new ProviderAttribute("name-" + i, "value"));
        return [.. attributes];
    }
}
