using System.Linq;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Update;

namespace Chain.StateMachine.Tests.Admission;

public sealed class RequestSeatTests
{
    private readonly AdmissionWorld _world = new();

    [Fact]
    public void Provider_asks_is_granted_votes_and_leaves()
    {
        _world.Seat("alice", "provider");
        Assert.Equal(20, ValidatorSets.Next(_world.State).TotalPower);
        Assert.Null(SeatRequests.Read(_world.State, TestKeys.AddressOf("alice")));
        Assert.Equal(ResultCode.Exists, _world.Send("alice", _world.Ask("alice", "more", "more-node")));
        // It cannot exit the market before it has left the seat.
        Assert.Equal(ResultCode.BadState, _world.Send("alice", new Update(StatusChange.Exit, "", default, [])));
        _world.Must("alice", RequestSeat.Leave);
        Assert.Equal([new ValidatorUpdate(TestKeys.PublicOf("alice-key"), 0)], _world.Last.ValidatorUpdates);
        Assert.Equal(TestKeys.AddressOf("alice"), PastSeats.Load(_world.State, TestKeys.AddressOf("alice-key"))!.Provider);
        _world.Must("alice", new Update(StatusChange.Exit, "", default, []));
        _world.Must("alice", new Stake(Role.Provider, StakeAction.Unbond, AdmissionWorld.Stake));
        Assert.Equal(ResultCode.NotFound, _world.Send("alice", RequestSeat.Leave));
        // What it does with its key until then is still punished.
        _world.Equivocate("alice-key", 5);
        Assert.Equal(190 * TestGenesis.Credit, (ulong)_world.ProviderOf("alice").Stake.Held);
    }

    [Fact]
    public void Who_is_no_provider_in_the_market_with_enough_stake_is_refused()
    {
        Assert.Equal(ResultCode.NotFound, _world.Send("alice", _world.Ask("alice")));
        _world.Register("alice");
        Provider provider = _world.ProviderOf("alice");
        Edit(provider with { Status = ProviderStatus.Suspended });
        Assert.Equal(ResultCode.BadState, _world.Send("alice", _world.Ask("alice")));
        Edit(provider with { Stake = provider.Stake with { Bonded = 0, Unbonding = [new(AdmissionWorld.Stake, MarketTime.Never)] } });
        Assert.Equal(ResultCode.BelowMinimum, _world.Send("alice", _world.Ask("alice")));
        Edit(provider with { Status = ProviderStatus.Paused });
        _world.Must("alice", _world.Ask("alice"));
        Edit(provider with { Status = ProviderStatus.Suspended });
        Assert.Equal(ResultCode.BadState, _world.Send("provider", AdmissionWorld.GrantSeat("alice")));
    }

    [Fact]
    public void Proofs_are_of_both_keys_for_this_chain_provider_and_action()
    {
        _world.Register("alice");
        _world.Register("bob");
        RequestSeat good = _world.Ask("alice");
        Assert.Equal(ResultCode.BadProof, _world.Send("bob", good));
        Assert.Equal(ResultCode.BadProof, _world.Send("alice", good with { ConsensusProof = good.NodeProof }));
        Assert.Equal(ResultCode.BadProof, _world.Send("alice", good with { NodeProof = good.ConsensusProof }));
        Assert.Equal(ResultCode.BadProof, _world.Send("alice", good with { NodeKey = TestKeys.PublicOf("x") }));
        using PrivateKey key = TestKeys.Of("alice-key");
        using PrivateKey node = TestKeys.Of("alice-node");
        Assert.Equal(ResultCode.BadProof, _world.Send(
            "alice", RequestSeat.SignAsk("devnet-2", TestKeys.AddressOf("alice"), key, node)));
    }

    [Fact]
    public void Keys_that_serve_already_are_refused()
    {
        _world.Register("alice");
        Assert.Equal(ResultCode.Exists, _world.Send("alice", _world.Ask("alice", key: "validator")));
        Assert.Equal(ResultCode.Exists, _world.Send("alice", _world.Ask("alice", key: "node")));
        Assert.Equal(ResultCode.Exists, _world.Send("alice", _world.Ask("alice", node: "node")));
        Assert.Equal(ResultCode.Exists, _world.Send("alice", _world.Ask("alice", node: "validator")));
        // Two may ask with the same keys; who is granted first has them.
        _world.Register("bob");
        _world.Must("alice", _world.Ask("alice", "same", "same-node"));
        _world.Must("bob", _world.Ask("bob", "same", "other-node"));
        _world.Must("provider", AdmissionWorld.GrantSeat("alice"));
        Assert.Equal(ResultCode.Exists, _world.Send("provider", AdmissionWorld.GrantSeat("bob")));
    }

    [Fact]
    public void Key_that_had_a_seat_is_refused_until_nobody_answers_for_it_any_more()
    {
        _world.Seat("alice", "provider");
        _world.Must("alice", RequestSeat.Leave);
        _world.Register("bob");
        Assert.Equal(ResultCode.KeyRetired, _world.Send("bob", _world.Ask("bob", key: "alice-key")));
        Assert.Equal(ResultCode.KeyRetired, _world.Send("alice", _world.Ask("alice")));
        _world.Pass(Parameters.Devnet.EvidenceSecondsMax + Parameters.Devnet.UnbondingSeconds);
        _world.Must("bob", _world.Ask("bob", key: "alice-key"));
    }

    [Fact]
    public void Last_validator_cannot_leave()
    {
        Assert.Equal(ResultCode.LastValidator, _world.Send("provider", RequestSeat.Leave));
        Assert.Equal(ResultCode.LastValidator, _world.Send("provider", AdmissionWorld.RevokeSeat("provider")));
        _world.Seat("alice", "provider");
        _world.Must("provider", RequestSeat.Leave);
        Assert.Equal(ResultCode.LastValidator, _world.Send("alice", RequestSeat.Leave));
    }

    [Fact]
    public void Consensus_key_rotates_with_both_signatures_and_the_old_one_stays_answerable()
    {
        RequestSeat rotation = _world.Rotate("provider", "validator", "fresh");
        Assert.Equal(ResultCode.BadProof, _world.Send("provider", rotation with { FormerProof = rotation.ConsensusProof }));
        Assert.Equal(ResultCode.BadProof, _world.Send("provider", rotation with { ConsensusProof = rotation.FormerProof }));
        Assert.Equal(ResultCode.BadProof, _world.Send("provider", _world.Rotate("provider", "stranger", "fresh")));
        Assert.Equal(ResultCode.NotFound, _world.Send("alice", rotation));
        _world.Must("provider", rotation);
        Assert.Equal(2, _world.Last.ValidatorUpdates.Count);
        Assert.Equal(TestKeys.AddressOf("fresh"), _world.AllSeats.Single().ConsensusAddress);
        Assert.Equal(ResultCode.KeyRetired, _world.Send("provider", _world.Rotate("provider", "fresh", "validator")));
        _world.Equivocate("validator", 1);
        Assert.Equal(950 * TestGenesis.Credit, _world.ProviderOf("provider").Bonded);
    }

    [Fact]
    public void Node_key_rotates_with_both_signatures_and_the_set_stays()
    {
        _world.Must("provider", _world.Rotate("provider", "node", "node-2", isNode: true));
        Assert.Empty(_world.Last.ValidatorUpdates);
        Assert.True(_world.Peers().Admits(TestKeys.PublicOf("node-2")));
        Assert.False(_world.Peers().Admits(TestKeys.PublicOf("node")));
        Assert.Equal(ResultCode.BadProof, _world.Send("provider", _world.Rotate("provider", "node", "node-3", isNode: true)));
        Assert.Equal(ResultCode.Exists, _world.Send("provider", _world.Rotate("provider", "node-2", "validator", isNode: true)));
    }

    [Fact]
    public void Key_rotates_only_so_often()
    {
        for (int i = 0; i < AdmissionLimits.PastSeatsPerProviderMax; i++)
        {
            _world.Must("provider", _world.Rotate("provider", i == 0 ? "validator" : $"key-{i}", $"key-{i + 1}"));
        }
        Assert.Equal(ResultCode.OverMaximum, _world.Send("provider", _world.Rotate("provider", "key-16", "key-17")));
        _world.Pass(Parameters.Devnet.EvidenceSecondsMax + Parameters.Devnet.UnbondingSeconds);
        _world.Must("provider", _world.Rotate("provider", "key-16", "key-17"));
    }

    [Fact]
    public void Request_is_replaced_taken_back_and_forgotten()
    {
        _world.Register("alice");
        _world.Must("alice", _world.Ask("alice"));
        _world.Must("alice", _world.Ask("alice", "second", "second-node"));
        Assert.Equal(TestKeys.PublicOf("second"), SeatRequests.Read(_world.State, TestKeys.AddressOf("alice"))!.ConsensusKey);
        _world.Must("alice", RequestSeat.Leave);
        Assert.Equal(ResultCode.NotFound, _world.Send("provider", AdmissionWorld.GrantSeat("alice")));
        _world.Must("alice", _world.Ask("alice"));
        _world.Pass(Parameters.Devnet.AdmissionSeconds);
        Assert.Null(SeatRequests.Read(_world.State, TestKeys.AddressOf("alice")));
        Assert.Contains(_world.Last.BlockEvents, told => told.Type == "SeatRequestEnded");
    }

    [Fact]
    public void Power_follows_the_stake_up_to_the_cap()
    {
        AdmissionWorld world = new(2, (ParameterId.PowerPerSeat, 0), (ParameterId.SeatPowerMax, 1010));
        Assert.Equal(2000, ValidatorSets.Next(world.State).TotalPower);
        world.Must("provider", new Stake(Role.Provider, StakeAction.Bond, 5 * TestGenesis.Credit));
        Assert.Equal([new ValidatorUpdate(TestKeys.PublicOf("validator"), 1005)], world.Last.ValidatorUpdates);
        world.Must("provider", new Stake(Role.Provider, StakeAction.Bond, 500 * TestGenesis.Credit));
        Assert.Equal(2010, world.Last.NextValidators.TotalPower);
        world.Must("provider-1", new Stake(Role.Provider, StakeAction.Unbond, (600 * TestGenesis.Credit) + 1));
        Assert.Equal(1010 + 399, world.Last.NextValidators.TotalPower);
        Assert.Equal(2010, ValidatorSets.Next(world.State).TotalPower);
    }

    private void Edit(Provider provider) => _world.State.Apply(
        [new(new(StoreId.Market, Schema.Key(Schema.Provider, provider.Address)), provider.Encode())]);
}
