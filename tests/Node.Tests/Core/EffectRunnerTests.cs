using Chain.Consensus.Core;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;
using Chain.Node.Tests.Peers;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Objects;

namespace Chain.Node.Tests.Core;

/// <summary>When the next height begins, and what becomes of the old one until then.</summary>
public sealed class EffectRunnerTests
{
    private const long IntervalMs = 60_000;

    [Fact]
    public void NextHeight_afterABlockFromAheadOfOurClock_beginsAtOnce()
    {
        using Follower follower = new(heights: 1);
        Assert.True(follower.Block(1).Block.Header.Time.UnixMs > follower.NowMs, "the block comes from the future");
        FakePeer peer = follower.Connect(1, tip: 1);

        follower.Node.Core.Handle(peer, follower.Precommit(1));
        follower.Node.Core.Handle(peer, follower.Outline(1));

        Assert.Equal((new Height(2), Step.Propose), follower.Place);
    }

    [Fact]
    public void NextHeight_underALeastTimeBetweenBlocks_waitsNoLongerThanThat()
    {
        using Follower follower = new(heights: 1, Parameters.Devnet.With(ParameterId.MinBlockIntervalMs, IntervalMs));
        FakePeer peer = follower.Connect(1, tip: 1);
        follower.Node.Core.Handle(peer, follower.Precommit(1));
        follower.Node.Core.Handle(peer, follower.Outline(1));
        long decidedMs = follower.NowMs;
        Assert.Equal((new Height(1), Step.Decided), follower.Place);

        while (follower.Place.Height == new Height(1)) follower.FireTimer();

        Assert.Equal(IntervalMs, follower.NowMs - decidedMs);
    }

    /// <summary>A block of the sync ends a height of which the core knows nothing; late votes for it must not decide it again.</summary>
    [Fact]
    public void Height_overtakenByASyncedBlock_hearsNothingMoreOfItself()
    {
        using Follower follower = new(heights: 2, Parameters.Devnet.With(ParameterId.MinBlockIntervalMs, IntervalMs));
        FakePeer peer = follower.Connect(1, tip: 1);
        follower.Tick(PeerLimits.SyncPatienceMs + PeerLimits.TickMs);
        follower.Node.Core.Handle(peer, follower.Decided(1));
        Assert.Equal(1, follower.Node.Tip.Height.Value);
        Assert.Equal((new Height(1), Step.Propose), follower.Place);

        follower.Node.Core.Handle(peer, follower.Precommit(1));
        follower.Node.Core.Feed(new Input.TimeoutElapsed(new Timeout(new Height(1), Round.Zero, TimeoutKind.Propose)));
        follower.Node.Core.Feed(new Input.WorkAvailable());
        follower.Tick(PeerLimits.AskAgainMs);

        // The core would have asked for the block that the votes decide.
        Assert.DoesNotContain(peer.Sent, static message => message is PeerMessage.OutlineWanted);
        Assert.Equal((new Height(1), Step.Propose), follower.Place);

        // What is for the next height is kept for it.
        follower.Node.Core.Handle(peer, follower.Precommit(2));
        while (follower.Place.Height == new Height(1)) follower.FireTimer();
        follower.Node.Core.Handle(peer, follower.Outline(2));
        Assert.Equal(2, follower.Node.Tip.Height.Value);
    }
}
