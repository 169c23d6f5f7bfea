using Chain.Node.Peers;
using Chain.Node.Peers.Messages;

namespace Chain.Node.Tests.Peers;

/// <summary>When a node says of itself that it is behind: never on one unproven word.</summary>
public sealed class ReadinessTests
{
    private const long Far = 1_000_000;

    [Fact]
    public void Peer_that_says_it_is_far_ahead_and_sends_nothing_never_makes_a_node_look_behind()
    {
        using Follower follower = new(heights: 1);
        FakePeer liar = follower.Connect(1, tip: Far);
        for (int i = 0; i < 600; i++)
        {
            Assert.False(follower.Node.Core.IsBehind, $"after {i} ticks");
            follower.Tick(PeerLimits.TickMs);
        }
        Assert.Contains(liar.Sent, message => message is PeerMessage.BlocksWanted);
    }

    [Fact]
    public void Nodes_of_more_than_a_third_of_the_power_are_believed()
    {
        using Follower follower = new(heights: 1);
        FakePeer validator = follower.Connect(1, tip: 2, isValidator: true);
        follower.Tick(PeerLimits.TickMs);
        Assert.True(follower.Node.Core.IsBehind);
        follower.Tick(2 * PeerLimits.SyncAnswerMs);
        Assert.True(follower.Node.Core.IsBehind, "that they are slow does not make them wrong");
        follower.Node.Core.Disconnected(validator);
        follower.Tick(PeerLimits.TickMs);
        Assert.False(follower.Node.Core.IsBehind);
    }

    [Fact]
    public void Block_that_is_being_decided_is_no_lag()
    {
        using Follower follower = new(heights: 1);
        follower.Connect(1, tip: 1, isValidator: true);
        follower.Tick(10 * PeerLimits.TickMs);
        Assert.False(follower.Node.Core.IsBehind);
    }

    [Fact]
    public void Peer_that_gives_one_block_after_the_other_is_believed_while_it_does()
    {
        using Follower follower = new(heights: 4);
        FakePeer peer = follower.Connect(1, tip: Far);
        follower.Tick(PeerLimits.TickMs);
        Give(follower, peer, height: 1);
        Assert.False(follower.Node.Core.IsBehind, "one block may be the one that is being decided");
        Give(follower, peer, height: 2);
        Assert.True(follower.Node.Core.IsBehind);
        Give(follower, peer, height: 3);
        Assert.True(follower.Node.Core.IsBehind);
        follower.Tick(PeerLimits.SyncAnswerMs);
        Assert.False(follower.Node.Core.IsBehind, "it owes the next one");
    }

    [Fact]
    public void Peer_that_gives_each_block_just_before_its_votes_come_proves_nothing()
    {
        using Follower follower = new(heights: 5);
        FakePeer peer = follower.Connect(1, tip: Far);
        follower.Tick(PeerLimits.TickMs);
        for (int height = 1; height <= 5; height++)
        {
            if (height % 2 == 1)
            {
                Give(follower, peer, height);
            }
            else
            {
                follower.Node.Core.Handle(peer, follower.Outline(height));
                follower.Node.Core.Handle(peer, follower.Precommit(height));
                follower.Node.Core.Handle(peer, follower.Outline(height));
            }
            Assert.Equal(height, follower.Node.Tip.Height.Value);
            follower.Tick(PeerLimits.TickMs);
            Assert.False(follower.Node.Core.IsBehind, $"at height {height}");
        }
    }

    private static void Give(Follower follower, FakePeer peer, int height)
    {
        follower.Node.Core.Handle(peer, follower.Decided(height));
        follower.Tick(PeerLimits.TickMs);
        Assert.Equal(height, follower.Node.Tip.Height.Value);
        Assert.Empty(peer.Reports);
    }
}
