using System;
using System.Linq;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Tests.Execution;

namespace Chain.StateMachine.Tests.Admission;

public sealed class AdmittedPeersTests
{
    [Fact]
    public void Genesis_seats_and_accesses_may_connect()
    {
        AdmissionWorld world = new(validators: 2);
        AdmittedPeers peers = world.Peers();
        Assert.Equal(2, peers.Validators.Count);
        Assert.Equal(TestKeys.PublicOf("node-1"), peers.NodeKeyOf(TestKeys.AddressOf("validator-1")));
        Assert.Null(peers.NodeKeyOf(TestKeys.AddressOf("stranger")));
        Assert.False(peers.Admits(TestKeys.PublicOf("peer")));
        world.Must("alice", world.Access("alice", "peer"));
        Admit grant = Admit.GrantAccess(TestKeys.PublicOf("peer"), world.Later);
        world.Must("provider", grant);
        world.Must("provider-1", grant);
        peers = world.Peers();
        Assert.True(peers.Admits(TestKeys.PublicOf("peer")));
        Assert.Equal([TestKeys.PublicOf("peer")], peers.Accesses);
        Assert.Equal(3, peers.NodeKeys.Count);
        PublicKey[] keys = [.. peers.NodeKeys];
        Assert.True(keys[0].Span.SequenceCompareTo(keys[1].Span) < 0);
    }

    [Fact]
    public void Seat_is_admitted_from_its_grant_and_until_it_is_in_none_of_the_three_sets()
    {
        AdmissionWorld world = new();
        world.Register("alice");
        world.Must("alice", world.Ask("alice"));
        Assert.False(world.Peers().Admits(TestKeys.PublicOf("alice-node")));
        world.Must("provider", AdmissionWorld.GrantSeat("alice"));
        Assert.True(world.Peers().Admits(TestKeys.PublicOf("alice-node")));
        world.Block();
        // Left in block H: in the set of H+1 still, which is the set of the newest decided height after the next block.
        world.Must("alice", RequestSeat.Leave);
        Assert.True(world.Peers().Admits(TestKeys.PublicOf("alice-node")));
        world.Block();
        Assert.True(world.Peers().Admits(TestKeys.PublicOf("alice-node")));
        world.Block();
        Assert.False(world.Peers().Admits(TestKeys.PublicOf("alice-node")));
    }

    [Fact]
    public void Both_consensus_keys_lead_to_the_node_while_a_rotation_takes_effect()
    {
        AdmissionWorld world = new();
        world.Must("provider", world.Rotate("provider", "validator", "fresh"));
        AdmittedPeers peers = world.Peers();
        Assert.Equal(TestKeys.PublicOf("node"), peers.NodeKeyOf(TestKeys.AddressOf("validator")));
        Assert.Equal(TestKeys.PublicOf("node"), peers.NodeKeyOf(TestKeys.AddressOf("fresh")));
        Assert.Single(peers.NodeKeys);
        world.Block();
        world.Block();
        Assert.Equal(TestKeys.AddressOf("fresh"), world.Peers().Validators.Keys.Single());
    }

    [Fact]
    public void Access_that_has_expired_by_header_time_is_not_admitted()
    {
        AdmissionWorld world = new();
        world.Must("alice", world.Access("alice", "peer"));
        MarketTime expires = world.Now + 30;
        world.Must("provider", Admit.GrantAccess(TestKeys.PublicOf("peer"), expires));
        Assert.True(AdmittedPeers.Load(world.State, new(world.Chain.Height), world.Chain.Time.AddMs(20_000)).Admits(TestKeys.PublicOf("peer")));
        Assert.False(AdmittedPeers.Load(world.State, new(world.Chain.Height), world.Chain.Time.AddMs(40_000)).Admits(TestKeys.PublicOf("peer")));
    }
}
