using Chain.Node.Peers;
using Chain.Node.Peers.Messages;

namespace Chain.Node.Tests.Peers;

/// <summary>A decided block that came before its turn.</summary>
public sealed class EarlyBlockTests
{
    [Fact]
    public void Block_fetchedBeforeItsTurn_isAppliedOnceVotesDecidedTheOneBefore()
    {
        using Follower follower = new(heights: 2);
        FakePeer peer = follower.Connect(1, tip: 2);
        follower.Tick(PeerLimits.TickMs);
        Assert.Contains(peer.Sent, static message => message is PeerMessage.BlocksWanted { From.Value: 1, Count: 2 });
        follower.Node.Core.Handle(peer, follower.Decided(2));
        follower.Node.Core.Handle(peer, follower.Precommit(1));
        follower.Node.Core.Handle(peer, follower.Outline(1));
        Assert.Equal(1, follower.Node.Tip.Height.Value);

        // Longer than a peer has for its answer: nobody asks again for what is here.
        follower.Tick(2 * PeerLimits.SyncAnswerMs);

        Assert.Equal(2, follower.Node.Tip.Height.Value);
    }
}
