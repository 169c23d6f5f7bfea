using System.Linq;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Core;
using Chain.StateMachine.Tests.Execution;

namespace Chain.StateMachine.Tests.Admission;

/// <summary>One validator becomes two, four, three. After each block the world compares the state with CometBFT's way.</summary>
public sealed class ValidatorSetStoryTests
{
    private readonly AdmissionWorld _world = new();

    private int InForce => ValidatorSets.Next(_world.State).Count;

    [Fact]
    public void Set_grows_from_one_to_two_to_four_and_shrinks_to_three()
    {
        _world.Seat("alice", "provider");
        Assert.Equal(2, InForce);
        Assert.Equal(20, ValidatorSets.Next(_world.State).TotalPower);

        // From two on, one alone decides nothing.
        _world.Register("bob");
        _world.Register("carol");
        _world.Must("bob", _world.Ask("bob"));
        _world.Must("carol", _world.Ask("carol"));
        _world.Must("provider", AdmissionWorld.GrantSeat("bob"));
        Assert.Null(_world.SeatOf("bob"));
        _world.Must("alice", AdmissionWorld.GrantSeat("bob"));
        Assert.NotNull(_world.SeatOf("bob"));
        // Before bob is in the set of the block, two votes of two are enough for carol.
        _world.Block(
            _world.Chain.Sign("provider", [AdmissionWorld.GrantSeat("carol")]), _world.Chain.Sign("alice", [AdmissionWorld.GrantSeat("carol")]));
        Assert.NotNull(_world.SeatOf("carol"));
        Assert.Equal(3, InForce);
        _world.Block();
        Assert.Equal(4, InForce);

        // Three of four revoke the first.
        Admit revoke = AdmissionWorld.RevokeSeat("provider");
        _world.Must("alice", revoke);
        _world.Must("bob", revoke);
        Assert.NotNull(_world.SeatOf("provider"));
        _world.Must("carol", revoke);
        Assert.Null(_world.SeatOf("provider"));
        Assert.Equal(4, InForce);
        Assert.Equal(-1, _world.Last.NextValidators.IndexOf(TestKeys.AddressOf("validator")));
        _world.Block();
        Assert.Equal(3, InForce);
        Assert.Equal(
            new[] { "alice", "bob", "carol" }.Select(TestKeys.AddressOf).Order(),
            _world.AllSeats.Select(seat => seat.Provider).Order());
    }
}
