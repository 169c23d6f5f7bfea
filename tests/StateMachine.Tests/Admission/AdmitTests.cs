using System.Linq;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;

namespace Chain.StateMachine.Tests.Admission;

public sealed class AdmitTests
{
    private static readonly Address Carol = TestKeys.AddressOf("carol");
    private static readonly byte Auditor = Accreditations.RoleScope(Role.Auditor);

    [Fact]
    public void More_than_two_thirds_of_the_power_decide()
    {
        AdmissionWorld world = new(validators: 3);
        Admit proposal = Admit.GrantAccreditation(Carol, Auditor, world.Later);
        world.Must("provider", proposal);
        // Two of three are exactly 2/3: not enough.
        world.Must("provider-1", proposal);
        Assert.Equal(2, OpenAdmissions.Read(world.State, proposal.Id)!.Voters.Count);
        Assert.False(Accreditations.Holds(world.State, Carol, Auditor, world.Now));
        world.Must("provider-2", proposal);
        Assert.True(Accreditations.Holds(world.State, Carol, Auditor, world.Now));
        Assert.Null(OpenAdmissions.Read(world.State, proposal.Id));
    }

    [Fact]
    public void Different_contents_are_different_proposals()
    {
        AdmissionWorld world = new(validators: 2);
        MarketTime expires = world.Later;
        world.Must("provider", Admit.GrantAccreditation(Carol, Auditor, expires));
        world.Must("provider-1", Admit.GrantAccreditation(Carol, Auditor, expires + 1));
        Assert.False(Accreditations.Holds(world.State, Carol, Auditor, world.Now));
        world.Must("provider-1", Admit.GrantAccreditation(Carol, Auditor, expires));
        Assert.True(Accreditations.Holds(world.State, Carol, Auditor, world.Now));
    }

    [Fact]
    public void Only_who_is_in_the_set_of_the_block_may_vote()
    {
        AdmissionWorld world = new();
        Admit proposal = Admit.GrantAccreditation(Carol, Auditor, world.Later);
        Assert.Equal(ResultCode.NotValidator, world.Send("alice", proposal));
        world.Register("alice");
        world.Must("alice", world.Ask("alice"));
        world.Must("provider", AdmissionWorld.GrantSeat("alice"));
        // Granted in H; the set of H+1 does not have it yet, that of H+2 has.
        Assert.Equal(ResultCode.NotValidator, world.Send("alice", proposal));
        world.Must("alice", proposal);
    }

    [Fact]
    public void Votes_of_those_who_left_do_not_count()
    {
        AdmissionWorld world = new(validators: 4);
        Admit proposal = Admit.GrantAccreditation(Carol, Auditor, world.Later);
        world.Must("provider-1", proposal);
        world.Must("provider-2", proposal);
        world.Must("provider-1", RequestSeat.Leave);
        world.Must("provider-2", RequestSeat.Leave);
        Assert.Equal(ResultCode.NotValidator, world.Send("provider-2", proposal));
        world.Block();
        world.Must("provider", proposal);
        Assert.False(Accreditations.Holds(world.State, Carol, Auditor, world.Now));
        Assert.Equal([TestKeys.AddressOf("provider")], OpenAdmissions.Read(world.State, proposal.Id)!.Voters);
        world.Must("provider-3", proposal);
        Assert.True(Accreditations.Holds(world.State, Carol, Auditor, world.Now));
    }

    [Fact]
    public void Vote_sent_again_is_refused_unless_it_decides_now()
    {
        AdmissionWorld world = new(validators: 2);
        Admit proposal = Admit.GrantAccreditation(Carol, Auditor, world.Later);
        world.Must("provider", proposal);
        Assert.Equal(ResultCode.AlreadyDone, world.Send("provider", proposal));
        world.Must("provider-1", RequestSeat.Leave);
        world.Block();
        world.Must("provider", proposal);
        Assert.True(Accreditations.Holds(world.State, Carol, Auditor, world.Now));
    }

    [Fact]
    public void Undecided_proposals_are_bounded_for_each_validator_and_expire()
    {
        AdmissionWorld world = new(validators: 2);
        MarketTime expires = MarketTime.Never;
        for (byte i = 0; i < AdmissionLimits.ProposalsPerValidatorMax; i++)
        {
            world.Must("provider", Admit.GrantAccreditation(Carol, Accreditations.SchemaScope((byte)(i + 1)), expires));
        }
        Admit more = Admit.GrantAccreditation(Carol, Auditor, expires);
        Assert.Equal(ResultCode.ProposalsFull, world.Send("provider", more));
        // Another's proposal is voted for all the same, and a decided one makes room.
        world.Must("provider-1", Admit.GrantAccreditation(Carol, Accreditations.SchemaScope(1), expires));
        world.Must("provider", more);
        world.Pass(Parameters.Devnet.AdmissionSeconds);
        Assert.Null(OpenAdmissions.Read(world.State, more.Id));
        Assert.Empty(world.State.Range(StoreId.Meta, [Schema.Admission], [Schema.AdmissionOpener + 1]));
    }

    [Fact]
    public void Accreditation_is_revoked_and_what_does_not_stand_cannot_be()
    {
        AdmissionWorld world = new();
        Admit revoke = Admit.RevokeAccreditation(TestKeys.AddressOf("auditor"), Auditor);
        world.Must("provider", revoke);
        Assert.False(Accreditations.Holds(world.State, TestKeys.AddressOf("auditor"), Auditor, world.Now));
        Assert.Equal(ResultCode.NotFound, world.Send("provider", revoke));
        Assert.Equal(ResultCode.TooLate, world.Send("provider", Admit.GrantAccreditation(Carol, Auditor, world.Now)));
    }

    [Fact]
    public void Seat_expires_unless_it_is_granted_longer_and_the_last_stays()
    {
        AdmissionWorld world = new();
        world.Register("alice");
        world.Must("alice", world.Ask("alice"));
        MarketTime expires = world.Now + 100;
        world.Must("provider", AdmissionWorld.GrantSeat("alice", expires));
        world.Block();
        world.Must("provider", AdmissionWorld.GrantSeat("alice", expires + 100));
        world.Must("alice", AdmissionWorld.GrantSeat("alice", expires + 100));
        Assert.Equal("SeatRenewed", world.Last.Results[0].Events[^1].Type);
        world.Pass(110);
        Assert.NotNull(world.SeatOf("alice"));
        world.Pass(100);
        Assert.Null(world.SeatOf("alice"));
        Assert.Equal(ResultCode.NotFound, world.Send("provider", AdmissionWorld.GrantSeat("alice")));
        Assert.Equal(ResultCode.NotFound, world.Send("provider", AdmissionWorld.RevokeSeat("alice")));

        // Now the genesis seat gets an expiry: being the last, it outlives it.
        world.Must("provider", AdmissionWorld.GrantSeat("provider", world.Now + 10));
        world.Pass(20);
        Assert.Equal("SeatKept", world.Last.BlockEvents.Single(told => told.Type.StartsWith("Seat", System.StringComparison.Ordinal)).Type);
        world.Pass(Parameters.Devnet.AdmissionSeconds * 2);
        Assert.Single(world.AllSeats);
    }

    [Fact]
    public void What_is_due_counts_no_longer_even_where_the_work_cap_left_it_in_the_queue()
    {
        AdmissionWorld world = new(2, (ParameterId.TimedWorkMax, 1000));
        for (int i = 0; i < 40; i++) world.Must("alice", world.Access("alice", $"peer-{i}"));
        Admit proposal = Admit.GrantAccreditation(Carol, Auditor, MarketTime.Never);
        world.Must("provider", proposal);
        world.Pass(Parameters.Devnet.AdmissionSeconds - 50);
        // All fall due in one step, ten requests fit under the cap, and the proposal stands behind them.
        BlockOutcome outcome = world.Block(
            60_000,
            world.Chain.Sign("provider-1", [proposal]),
            world.Chain.Sign("bob", [world.Access("bob", "peer-39")]),
            world.Chain.Sign("carol", [world.Access("carol", "peer-38", AccessAction.Leave)]));
        Assert.Equal([ResultCode.Ok, ResultCode.Ok, ResultCode.NotFound], outcome.Results.Select(result => result.Code));
        Assert.False(Accreditations.Holds(world.State, Carol, Auditor, world.Now));
        Assert.Equal([TestKeys.AddressOf("provider-1")], OpenAdmissions.Read(world.State, proposal.Id)!.Voters);
        world.Pass(500);
        Assert.NotNull(AccessRequests.Read(world.State, TestKeys.PublicOf("peer-39")));
        Assert.Null(AccessRequests.Read(world.State, TestKeys.PublicOf("peer-20")));
    }

    [Fact]
    public void Largest_powers_of_a_full_set_stay_below_the_largest_sum()
    {
        foreach (ParameterId id in (ParameterId[])[ParameterId.PowerPerSeat, ParameterId.SeatPowerMax])
        {
            System.Int128 sum = (System.Int128)Limits.ValidatorsMax * ParameterTable.Of(id).Max;
            Assert.True(sum <= Limits.TotalVotingPowerMax);
        }
    }

    [Fact]
    public void Set_never_exceeds_its_largest_size()
    {
        AdmissionWorld world = new();
        StateOverlay state = new(world.State);
        for (int i = 1; i < Limits.ValidatorsMax; i++)
        {
            Seats.Store(state, new Seat(
                TestKeys.PublicOf($"c{i}"), TestKeys.AddressOf($"p{i}"), TestKeys.PublicOf($"n{i}"), MarketTime.Never));
        }
        CommitSeats(world, state);
        world.Chain.RunOne("alice", new StateMachine.Transactions.Register.Register(
            Role.Provider, AdmissionWorld.Stake, "", default, [new ClassCapacity(ResourceClass.CpuMilli, 1)], "eu", [], 1));
        Assert.Equal(ResultCode.Ok, world.Chain.RunOne("alice", world.Ask("alice")).Code);
        Assert.Equal(ResultCode.SeatsFull, world.Chain.RunOne("provider", AdmissionWorld.GrantSeat("alice")).Code);
        Assert.Equal(Limits.ValidatorsMax, Core.ValidatorSets.Next(world.State).Count);
    }

    /// <summary>Puts seats into the state as a block would, with the sets that follow.</summary>
    private static void CommitSeats(AdmissionWorld world, StateOverlay state)
    {
        Core.ValidatorSets.Advance(state, world.State);
        world.State.Apply(state.Changes);
    }
}
