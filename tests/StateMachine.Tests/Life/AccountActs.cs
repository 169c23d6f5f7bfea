using System.Collections.Generic;
using System.Globalization;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Admission;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Grants;
using Chain.StateMachine.Transactions.Keys;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;
using Chain.StateMachine.Transactions.Update;
using static Chain.StateMachine.Tests.Life.LifeWorld;

namespace Chain.StateMachine.Tests.Life;

/// <summary>Accounts, registry and admission: kinds 1 to 5 and 31 to 33.</summary>
internal static class AccountActs
{
    public static Deed? Transfer(LifeWorld world, Dice dice)
    {
        string sender = AnySender(dice);
        ulong amount = dice.OneIn(6) ? ulong.MaxValue - dice.Next(2) : dice.Next(1_000_000_000) * (ulong)dice.Next(100);
        return new Deed(sender, new Transfer(AddressOf(AnySender(dice)), amount, default));
    }

    public static Deed? Grant(LifeWorld world, Dice dice)
    {
        if (dice.OneIn(3)) return new Deed("alice", ChangeGrant.Revoke(AddressOf("judy")));
        GrantTerms terms = new(
            KindMask.Of(MessageKind.Transfer, MessageKind.Order, MessageKind.Deposit), dice.Next(2_000_000_000), GrantTarget.Any,
            dice.OneIn(2), (ulong)world.Chain.Time.Seconds + 5 + dice.Next(200));
        return new Deed("alice", ChangeGrant.Set(AddressOf("judy"), terms));
    }

    public static Deed? UseGrant(LifeWorld world, Dice dice) => dice.OneIn(3)
        ? MarketActs.OpenOrder(world, dice) is { } order ? order with { Sender = "judy", Granter = "alice" } : null
        : new Deed("judy", new Transfer(AddressOf("bob"), dice.Next(400_000_000), default), "alice");

    public static Deed? Keys(LifeWorld world, Dice dice)
    {
        string name = dice.Of("ivan", "bob", "carol");
        if (dice.OneIn(2)) return new Deed(name, new SetDidDocument(dice.OneIn(3) ? default : Sha256.Hash([(byte)dice.Next(9)])));
        using PrivateKey fresh = TestKeys.Of(name + "-key-" + dice.Next(5).ToString(CultureInfo.InvariantCulture));
        return new Deed(name, RotateKey.Sign(world.Chain.Genesis.ChainId, AddressOf(name), world.KeyOf(name), fresh));
    }

    public static Deed? Register(LifeWorld world, Dice dice)
    {
        string name = dice.Of(Newcomers);
        ulong stake = (dice.OneIn(4) ? 10u : 150u) * Credit;
        Role role = dice.Of(Role.Provider, Role.Provider, Role.Juror, Role.Prober, Role.Auditor);
        ClassCapacity[] capacity = role == Role.Provider ? [new ClassCapacity(ResourceClass.CpuMilli, 4000)] : [];
        return new Deed(name, new Register(role, stake, "", default, capacity, role == Role.Provider ? dice.Of("eu", "us") : "", [], 1));
    }

    public static Deed? Update(LifeWorld world, Dice dice)
    {
        string name = dice.Of([.. Newcomers, "provider-2", "provider-3"]);
        StatusChange change = dice.Of(
            StatusChange.None, StatusChange.Pause, StatusChange.Resume, StatusChange.Resume, StatusChange.Exit, StatusChange.Retire,
            StatusChange.Unjail, StatusChange.Unjail);
        bool resizes = change == StatusChange.None;
        ClassCapacity[] capacity = resizes ? [new ClassCapacity(ResourceClass.CpuMilli, dice.Next(64_000))] : [];
        // Only a newcomer may leave for good, or soon nobody would be left.
        if (change == StatusChange.Exit && name != "dave") change = StatusChange.Unjail;
        return new Deed(name, new Update(change, resizes && dice.OneIn(2) ? dice.Of("eu", "us") : "", default, capacity));
    }

    public static Deed? Stake(LifeWorld world, Dice dice)
    {
        string name = dice.Of([.. Newcomers, .. ProviderActors, .. Jurors]);
        Role role = name[0] == 'j' ? Role.Juror : Role.Provider;
        StakeAction action = dice.Of(StakeAction.Bond, StakeAction.Bond, StakeAction.Unbond, StakeAction.Claim);
        ulong amount = action == StakeAction.Claim ? 0 : (1 + dice.Next(role == Role.Juror ? 5u : 120u)) * Credit;
        return new Deed(name, new Stake(role, action, amount));
    }

    public static Deed? Access(LifeWorld world, Dice dice)
    {
        string name = dice.Of("ivan", "judy");
        using PrivateKey node = TestKeys.Of(name + "-node");
        return new Deed(name, RequestAccess.Sign(
            world.Chain.Genesis.ChainId, AddressOf(name), dice.OneIn(3) ? AccessAction.Leave : AccessAction.Ask, node));
    }

    public static Deed? Seat(LifeWorld world, Dice dice)
    {
        string name = dice.Of("carol", "provider-3");
        if (dice.OneIn(6)) return new Deed(name, RequestSeat.Leave);
        using PrivateKey key = TestKeys.Of(name + "-seat");
        using PrivateKey node = TestKeys.Of(name + "-node");
        return new Deed(name, RequestSeat.SignAsk(world.Chain.Genesis.ChainId, AddressOf(name), key, node));
    }

    public static Deed? Admit(LifeWorld world, Dice dice)
    {
        string voter = dice.Of(ProviderActors);
        MarketTime expires = dice.OneIn(3) ? world.Now + 50 : MarketTime.Never;
        return new Deed(voter, dice.Next(5) switch
        {
            0 => AdmissionWorld.RevokeSeat("carol"),
            1 or 2 => AdmissionWorld.GrantSeat(dice.Of("carol", "provider-3")),
            _ => StateMachine.Admission.Admit.GrantAccess(TestKeys.PublicOf(dice.Of("ivan", "judy") + "-node"), expires),
        });
    }

    private static string AnySender(Dice dice)
    {
        List<string> all = [.. Tenants, .. Newcomers, .. ProviderActors, "ivan", "judy", "nobody"];
        return all[(int)dice.Next((uint)all.Count)];
    }
}
