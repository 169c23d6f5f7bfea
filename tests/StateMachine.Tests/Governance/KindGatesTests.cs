using System;
using System.Collections.Generic;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;
using Chain.Tests.Shared;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Governance;

/// <summary>Flags and breakers: every edge of the breaker's machine, every code, and P22.</summary>
public sealed class KindGatesTests
{
    private static readonly KindMask Transfers = KindMask.Of(MessageKind.Transfer);

    private readonly GovernanceWorld _world = new();

    [Fact]
    public void Flag_closes_a_kind_lets_a_list_through_and_opens_it_again()
    {
        _world.Enact(new FlagChange(new KindFlag(MessageKind.Transfer, FlagMode.Off, [])));
        Assert.Equal(ResultCode.KindDisabled, Pay("bob"));
        _world.Enact(new FlagChange(new KindFlag(MessageKind.Transfer, FlagMode.AllowList, [TestKeys.AddressOf("bob")])));
        Assert.Equal(ResultCode.Ok, Pay("bob"));
        Assert.Equal(ResultCode.KindDisabled, Pay("carol"));
        _world.Enact(new FlagChange(new KindFlag(MessageKind.Transfer, FlagMode.On, [])));
        Assert.Equal(ResultCode.Ok, Pay("carol"));
        Assert.Same(KindGates.AllOpen, KindGates.Load(_world.Chain.State));
    }

    [Fact]
    public void Closed_kind_is_turned_away_without_a_fee_and_refused_at_admission()
    {
        _world.Enact(new FlagChange(new KindFlag(MessageKind.Transfer, FlagMode.Off, [])));
        SignedTransaction pay = _world.Chain.Sign("bob", [new Transfer(default, 1, default)]);
        Assert.Equal(ResultCode.KindDisabled, TransactionCheck.Slot(_world.Chain.State, pay, 10, _world.Chain.Time, out _));
        ulong before = _world.Chain.Balance("bob");
        TransactionOutcome outcome = _world.Chain.Run(1000, pay).Results[0];
        Assert.Equal(0, outcome.GasUsed);
        Assert.Equal(before, _world.Chain.Balance("bob"));
    }

    [Fact]
    public void Breaker_opens_with_more_than_half_of_the_guardians_and_closes_by_itself()
    {
        Assert.Equal(ResultCode.Ok, Ask("erin", Transfers, 10));
        Assert.Equal(ResultCode.Ok, Pay("bob"));
        Assert.Equal(ResultCode.Ok, Ask("frank", Transfers, 10));
        Assert.True(_world.Happened("BreakerOpened"));
        Assert.Equal(ResultCode.KindDisabled, Pay("bob"));
        _world.Pass(8);
        Assert.Equal(ResultCode.Ok, Pay("bob"));
        Assert.True(_world.Happened("BreakerClosed"));
    }

    [Fact]
    public void Breaker_holds_from_the_next_transaction_of_the_same_block()
    {
        Ask("erin", Transfers, 10);
        BlockOutcome block = _world.Chain.Run(1000,
            _world.Chain.Sign("bob", [new Transfer(default, 1, default)]),
            _world.Chain.Sign("frank", [new AskBreaker(Transfers, 10)]),
            _world.Chain.Sign("bob", [new Transfer(default, 1, default)], ahead: 1));
        Assert.Equal(ResultCode.Ok, block.Results[0].Code);
        Assert.Equal(ResultCode.Ok, block.Results[1].Code);
        Assert.Equal(ResultCode.KindDisabled, block.Results[2].Code);
    }

    [Fact]
    public void Breaker_cannot_follow_a_breaker_until_the_kind_has_rested()
    {
        ulong longest = _world.Parameters.BreakerSecondsMax;
        Stop(Transfers, longest);
        Assert.Equal(ResultCode.AlreadyDone, Ask("grace", Transfers, 5));
        _world.Pass(longest - 1);
        Assert.Equal(ResultCode.TooEarly, Ask("grace", Transfers, 5));
        Assert.Equal(ResultCode.Ok, Pay("bob"));
        _world.Pass(longest);
        Stop(Transfers, 5);
        Assert.Equal(ResultCode.KindDisabled, Pay("bob"));
        _world.Pass(5 + longest);
        Assert.Same(KindGates.AllOpen, KindGates.Load(_world.Chain.State));
    }

    [Fact]
    public void Wish_for_a_breaker_is_checked_before_it_counts()
    {
        ulong longest = _world.Parameters.BreakerSecondsMax;
        Assert.Equal(ResultCode.NotGuardian, Ask("bob", Transfers, 5));
        Assert.Equal(ResultCode.BelowMinimum, Ask("erin", Transfers, 0));
        Assert.Equal(ResultCode.OverMaximum, Ask("erin", Transfers, longest + 1));
        Assert.Equal(ResultCode.ParameterBounds, Ask("erin", KindMask.Of(MessageKind.Transfer, MessageKind.Settle), 5));
        Assert.Equal(ResultCode.ParameterBounds, Ask("erin", new KindMask(1UL << 60), 5));
        Assert.Equal(ResultCode.Ok, Ask("erin", Transfers, 5));
        Assert.Equal(ResultCode.AlreadyDone, Ask("erin", Transfers, 5));
    }

    [Fact]
    public void Wishes_that_differ_are_old_or_of_former_guardians_do_not_add_up()
    {
        Assert.Equal(ResultCode.Ok, Ask("erin", Transfers, 5));
        Assert.Equal(ResultCode.Ok, Ask("frank", Transfers, 6));
        Assert.Equal(ResultCode.Ok, Pay("bob"));
        // Erin changes her mind, so that two want the same.
        Assert.Equal(ResultCode.Ok, Ask("erin", Transfers, 6));
        Assert.Equal(ResultCode.KindDisabled, Pay("bob"));
        _world.Pass(_world.Parameters.BreakerSecondsMax + 10);
        Assert.Equal(ResultCode.Ok, Ask("erin", Transfers, 7));
        _world.Pass(_world.Parameters.BreakerSecondsMax);
        Assert.Equal(ResultCode.Ok, Ask("frank", Transfers, 7));
        Assert.Equal(ResultCode.Ok, Pay("bob"));
        _world.Enact(new AccreditationChange(TestKeys.AddressOf("frank"), Accreditations.ScopeGuardian, default));
        Assert.Equal(ResultCode.NotGuardian, Ask("frank", Transfers, 7));
    }

    [Theory]
    [InlineData(MessageKind.Settle)]
    [InlineData(MessageKind.Withdraw)]
    [InlineData(MessageKind.LeaseClose)]
    [InlineData(MessageKind.Dispute)]
    [InlineData(MessageKind.Grant)]
    [InlineData(MessageKind.Vote)]
    [InlineData(MessageKind.Propose)]
    [InlineData(MessageKind.Prove)]
    [InlineData(MessageKind.Result)]
    [InlineData(MessageKind.Probe)]
    public void Exits_cannot_be_closed_by_flag(MessageKind kind)
    {
        Assert.False(KindGates.IsSwitchable(kind));
        Assert.Equal(ResultCode.ParameterBounds, _world.Propose(new FlagChange(new KindFlag(kind, FlagMode.Off, []))));
    }

    /// <summary>marketplace.md 5.6, P22: even a record that claims to close everything closes no exit.</summary>
    [Fact]
    public void Exits_stay_possible_under_any_flags_and_breakers()
    {
        MessageKind[] exits = [MessageKind.Settle, MessageKind.Withdraw, MessageKind.LeaseClose, MessageKind.Dispute];
        PropertyCheck.Holds(
            from flags in Gen.Choose(0, 63).ListOf(20)
            from modes in Gen.Choose(0, 1).ListOf(20)
            from breakers in Gen.Choose(0, 63).ListOf(20)
            from now in Gen.Choose(0, 100)
            select (flags, modes, breakers, now),
            sample =>
            {
                KindGates gates = KindGates.AllOpen;
                IReadOnlyList<int> modes = [.. sample.modes];
                int place = 0;
                foreach (int kind in sample.flags) gates = gates.With(new KindFlag((MessageKind)kind, (FlagMode)modes[place++], []));
                foreach (int kind in sample.breakers)
                {
                    gates = gates.With((MessageKind)kind, new Breaker((MessageKind)kind, new MarketTime(50), new MarketTime(80)));
                }
                return Array.TrueForAll(exits, kind => gates.Lets(kind, TestKeys.AddressOf("bob"), new MarketTime((ulong)sample.now)));
            });
    }

    [Fact]
    public void Granted_message_is_judged_by_whom_it_acts_for()
    {
        _world.Enact(new FlagChange(new KindFlag(MessageKind.Transfer, FlagMode.AllowList, [TestKeys.AddressOf("bob")])));
        StateMachine.Accounts.Grants.GrantTerms terms = new(
            Transfers, 10, StateMachine.Accounts.Grants.GrantTarget.Any, false, (ulong)_world.Chain.Time.Seconds + 100);
        _world.Send("bob", StateMachine.Transactions.Grants.ChangeGrant.Set(TestKeys.AddressOf("carol"), terms));
        _world.Send("alice", StateMachine.Transactions.Grants.ChangeGrant.Set(TestKeys.AddressOf("bob"), terms));
        Transfer pay = new(TestKeys.AddressOf("dave"), 1, default);
        Assert.Equal(ResultCode.Ok, _world.Chain.Run(1000, _world.Chain.Sign("carol", [pay], granter: "bob")).Results[0].Code);
        Assert.Equal(
            ResultCode.KindDisabled, _world.Chain.Run(1000, _world.Chain.Sign("bob", [pay], granter: "alice")).Results[0].Code);
    }

    private ResultCode Ask(string guardian, KindMask kinds, ulong seconds) => _world.Send(guardian, new AskBreaker(kinds, seconds));

    private void Stop(KindMask kinds, ulong seconds)
    {
        Assert.Equal(ResultCode.Ok, Ask("erin", kinds, seconds));
        Assert.Equal(ResultCode.Ok, Ask("frank", kinds, seconds));
    }

    private ResultCode Pay(string sender) => _world.Send(sender, new Transfer(TestKeys.AddressOf("dave"), 1, default));
}
