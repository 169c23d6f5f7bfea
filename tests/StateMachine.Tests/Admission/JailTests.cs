using System;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Update;

namespace Chain.StateMachine.Tests.Admission;

public sealed class JailTests
{
    private static readonly Update Unjail = new(StatusChange.Unjail, "", default, []);

    [Fact]
    public void Jailed_provider_returns_with_its_seat_after_top_up_and_waiting()
    {
        AdmissionWorld world = new();
        world.Register("alice", 100 * TestGenesis.Credit);
        world.Must("alice", world.Ask("alice"));
        world.Must("provider", AdmissionWorld.GrantSeat("alice"));
        Assert.Equal(ResultCode.BadState, world.Send("alice", Unjail));
        world.Equivocate("alice-key", 3);
        Assert.Equal(ProviderStatus.Jailed, world.ProviderOf("alice").Status);
        Assert.Null(world.SeatOf("alice"));
        Assert.Equal(ResultCode.TooEarly, world.Send("alice", Unjail));
        world.Pass(Parameters.Devnet.JailSeconds);
        Assert.Equal(ResultCode.BelowMinimum, world.Send("alice", Unjail));
        world.Must("alice", new Stake(Role.Provider, StakeAction.Bond, 5 * TestGenesis.Credit));
        world.Must("alice", Unjail);
        Assert.Equal(ProviderStatus.Probation, world.ProviderOf("alice").Status);
        Assert.Equal(TestKeys.PublicOf("alice-key"), world.SeatOf("alice")!.ConsensusKey);
        Assert.Equal(2, world.Last.NextValidators.Count);
        Assert.Null(Jails.Load(world.State, TestKeys.AddressOf("alice")));
        // The same fault is not punished twice, another is.
        world.Equivocate("alice-key", 3);
        Assert.Equal(100 * TestGenesis.Credit, world.ProviderOf("alice").Bonded);
        world.Equivocate("alice-key", 4);
        Assert.Equal(ProviderStatus.Jailed, world.ProviderOf("alice").Status);
    }

    [Fact]
    public void Second_fault_keeps_it_in_longer_and_the_seat_waiting()
    {
        AdmissionWorld world = new(validators: 2);
        world.Equivocate("validator-1", 1);
        world.Pass(Parameters.Devnet.JailSeconds - 5);
        world.Equivocate("validator-1", 2);
        world.Pass(10);
        Assert.Equal(ResultCode.TooEarly, world.Send("provider-1", Unjail));
        world.Pass(Parameters.Devnet.JailSeconds);
        world.Must("provider-1", Unjail);
        Assert.Equal(ProviderStatus.Active, world.ProviderOf("provider-1").Status);
        Assert.NotNull(world.SeatOf("provider-1"));
    }

    [Fact]
    public void Seat_that_was_given_up_or_revoked_in_jail_does_not_return()
    {
        AdmissionWorld world = new(validators: 3);
        world.Equivocate("validator-1", 1);
        world.Equivocate("validator-2", 1);
        world.Pass(Parameters.Devnet.JailSeconds);
        world.Must("provider-1", RequestSeat.Leave);
        world.Must("provider", AdmissionWorld.RevokeSeat("provider-2"));
        Assert.Equal(ResultCode.NotFound, world.Send("provider", AdmissionWorld.RevokeSeat("provider-2")));
        world.Must("provider-1", Unjail);
        world.Must("provider-2", Unjail);
        Assert.Single(world.AllSeats);
    }

    [Fact]
    public void Seat_that_expired_in_jail_does_not_return()
    {
        AdmissionWorld world = new(validators: 2);
        Admit shorter = AdmissionWorld.GrantSeat("provider-1", world.Now + 15);
        world.Must("provider", shorter);
        world.Must("provider-1", shorter);
        world.Equivocate("validator-1", 1);
        world.Pass(Parameters.Devnet.JailSeconds);
        world.Must("provider-1", Unjail);
        Assert.Null(world.SeatOf("provider-1"));
    }

    [Fact]
    public void Kept_last_seat_stays_while_its_provider_returns()
    {
        AdmissionWorld world = new();
        world.Equivocate("validator", 1);
        Assert.Equal(ProviderStatus.Jailed, world.ProviderOf("provider").Status);
        world.Pass(Parameters.Devnet.JailSeconds);
        world.Must("provider", Unjail);
        Assert.Equal(1, ValidatorSets.Next(world.State).Count);
    }

    [Fact]
    public void Jail_round_trips_and_a_mutated_one_is_refused()
    {
        Seat seat = new(TestKeys.PublicOf("a"), TestKeys.AddressOf("b"), TestKeys.PublicOf("c"), new MarketTime(5));
        foreach (Jail jail in (Jail[])[new(new MarketTime(7), true, seat), new(new MarketTime(7), false, null)])
        {
            byte[] bytes = jail.Encode();
            Assert.True(Jail.TryDecode(bytes, out Jail read, out _));
            Assert.Equal(jail, read);
            Assert.False(Jail.TryDecode([.. bytes, 0], out _, out _));
            Assert.False(Jail.TryDecode(bytes.AsSpan(0, bytes.Length - 1), out _, out _));
        }
    }
}
