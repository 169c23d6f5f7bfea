using System.Collections.Generic;
using Chain.Primitives;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;

namespace Chain.StateMachine.Tests.Store;

public sealed class ConservationTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void Credits_out_of_nothing_stop_the_node()
    {
        StateOverlay state = new(_chain.State);
        Ledger.Credit(state, TestKeys.AddressOf("alice"), 1);
        InvariantException fault = Assert.Throws<InvariantException>(() => Check(state));
        Assert.Contains("would create 1 ncredit", fault.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Credits_that_vanish_stop_the_node()
    {
        StateOverlay state = new(_chain.State);
        Ledger.Debit(state, TestKeys.AddressOf("alice"), 7);
        InvariantException fault = Assert.Throws<InvariantException>(() => Check(state));
        Assert.Contains("-7 ncredit", fault.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Burning_is_no_loss_and_pools_hold_what_they_get()
    {
        StateOverlay state = new(_chain.State);
        Ledger.Debit(state, TestKeys.AddressOf("alice"), 111);
        Pools.Burn(state, 1);
        Pools.AddToTreasury(state, 10);
        Pools.AddToReliability(state, 60);
        Pools.TakeFee(state, 40);
        Check(state);
    }

    [Fact]
    public void Key_without_a_schema_entry_stops_the_node()
    {
        StateOverlay state = new(_chain.State);
        state.Put(StoreId.Market, [0xee], [1]);
        Assert.Throws<InvariantException>(() => Check(state));
    }

    private void Check(StateOverlay state) =>
        Conservation.Holds(_chain.State, [.. (IEnumerable<KeyValuePair<StateKey, byte[]?>>)state.Changes]);
}
