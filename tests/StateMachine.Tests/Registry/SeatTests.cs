using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;

namespace Chain.StateMachine.Tests.Registry;

public sealed class SeatTests
{
    [Fact]
    public void Genesis_seats_every_validator()
    {
        TestChain chain = new(TestGenesis.Document(validators: 3));
        List<Seat> seats = Seats.All(chain.State);
        Assert.Equal(3, seats.Count);
        foreach (Seat seat in seats)
        {
            Assert.Equal(seat.Encode(), Seats.Load(chain.State, seat.ConsensusAddress)!.Encode());
            Assert.NotNull(Providers.Load(chain.State, seat.Provider));
            Assert.True(ValidatorSets.Next(chain.State).IndexOf(seat.ConsensusAddress) >= 0);
        }
        Assert.Empty(BlockExecutor.Execute(chain.State, chain.Input(chain.Time.AddMs(1000))).ValidatorUpdates);
    }

    [Fact]
    public void Changed_seats_join_the_set_two_heights_later()
    {
        TestChain chain = new(TestGenesis.Document(validators: 2));
        Address gone = TestKeys.AddressOf("validator-1");
        Seat joining = new(TestKeys.PublicOf("new"), TestKeys.AddressOf("provider"), TestKeys.PublicOf("node-new"), MarketTime.Never);
        (IReadOnlyList<ValidatorUpdate> updates, ValidatorSet afterNext) = Advance(chain, state =>
        {
            Seats.Remove(state, gone);
            Seats.Store(state, joining);
        });
        Assert.Equal(2, updates.Count);
        Assert.Contains(new ValidatorUpdate(joining.ConsensusKey, 10), updates);
        Assert.Contains(new ValidatorUpdate(TestKeys.PublicOf("validator-1"), 0), updates);
        Assert.Equal(-1, afterNext.IndexOf(gone));
        Assert.True(afterNext.IndexOf(joining.ConsensusAddress) >= 0);
        Assert.Equal(-1, ValidatorSets.Next(chain.State).IndexOf(joining.ConsensusAddress));
        chain.Run(1000);
        Assert.True(ValidatorSets.Next(chain.State).IndexOf(joining.ConsensusAddress) >= 0);
    }

    [Fact]
    public void Parameter_gives_every_seat_the_same_power()
    {
        TestChain chain = new(TestGenesis.Document(validators: 2));
        (IReadOnlyList<ValidatorUpdate> updates, ValidatorSet afterNext) = Advance(
            chain, state => Parameters.Store(state, Parameters.Devnet.With(ParameterId.PowerPerSeat, 7)));
        Assert.Equal(2, updates.Count);
        Assert.Equal(14, afterNext.TotalPower);
    }

    [Fact]
    public void Last_validator_is_never_removed()
    {
        TestChain chain = new();
        (IReadOnlyList<ValidatorUpdate> updates, ValidatorSet afterNext) =
            Advance(chain, state => Seats.Remove(state, TestKeys.AddressOf("validator")));
        Assert.Empty(updates);
        Assert.Equal(1, afterNext.Count);
    }

    /// <summary>The step that the executor takes after a block, on a block that changed seats.</summary>
    private static (IReadOnlyList<ValidatorUpdate> Updates, ValidatorSet AfterNext) Advance(
        TestChain chain, Action<StateOverlay> edit)
    {
        StateOverlay state = new(chain.State);
        edit(state);
        var moved = ValidatorSets.Advance(state, chain.State);
        chain.State.Apply(state.Changes);
        return moved;
    }
}
