using System;
using System.Linq;
using Chain.Networking;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;
using Chain.Node.Tests.Crashes;
using Chain.Node.Tests.Snapshots;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;

namespace Chain.Node.Tests.Peers;

/// <summary>A node that is behind, among peers of which some lie.</summary>
public sealed class BlockSyncTests
{
    private const long Ahead = 200;

    [Fact]
    public void Node_behind_two_hundred_blocks_has_them_within_a_second_and_asks_for_each_once()
    {
        using SyncWorld world = new(Ahead);
        using CrashNode node = Begin(world);
        SyncWorld.Pipe[] peers = [world.Connect(node, 1), world.Connect(node, 2)];
        long ms = world.RunUntilSynced(node, msMax: 10_000);
        Assert.True(ms <= 1_000, $"{ms} ms");
        PeerMessage.BlocksWanted[] asked = [.. peers.SelectMany(peer => peer.Sent).OfType<PeerMessage.BlocksWanted>()];
        Assert.Equal(world.Server.Tip.Height.Value, asked.Sum(wanted => wanted.Count));
        Assert.All(peers, peer => Assert.Contains(peer.Sent, message => message is PeerMessage.BlocksWanted));
        Assert.Empty(world.Reported);
    }

    [Fact]
    public void Peer_whose_hello_is_ahead_is_asked_for_blocks_at_once()
    {
        using SyncWorld world = new(Ahead);
        using CrashNode node = Begin(world);
        SyncWorld.Pipe peer = world.Connect(node, blocks: new BlockRange(new Height(1), world.Server.Tip.Height));
        Assert.Contains(peer.Sent, message => message is PeerMessage.BlocksWanted { From.Value: 1 });
    }

    [Fact]
    public void Peer_whose_hello_says_that_it_holds_no_blocks_is_not_asked()
    {
        using SyncWorld world = new(Ahead);
        using CrashNode node = Begin(world);
        SyncWorld.Pipe peer = world.Connect(node, blocks: new BlockRange(default, world.Server.Tip.Height));
        Assert.DoesNotContain(peer.Sent, message => message is PeerMessage.BlocksWanted);
    }

    [Theory]
    [InlineData("header")]
    [InlineData("parts")]
    [InlineData("commit")]
    [InlineData("bytes")]
    public void Peer_that_sends_wrong_blocks_costs_nothing_but_its_connection(string lie)
    {
        using SyncWorld world = new(Ahead);
        using CrashNode node = Begin(world);
        SyncWorld.Pipe liar = world.Connect(node, 1, message => Spoil(message, lie));
        world.Connect(node, 2);
        world.RunUntilSynced(node, msMax: 10_000);
        Assert.False(liar.IsOpen);
        Assert.Equal([lie == "bytes" ? PeerFault.Malformed : PeerFault.Lie], world.Reported);
        Assert.Equal(world.Server.Tip.BlockId, node.Tip.BlockId);
    }

    [Fact]
    public void Peer_that_says_it_is_far_ahead_and_sends_nothing_is_asked_last()
    {
        using SyncWorld world = new(Ahead);
        using CrashNode node = Begin(world);
        SyncWorld.Pipe liar = world.Connect(node, 1, static message => message switch
        {
            PeerMessage.Standing standing => standing with { Height = new Height(1_000_000) },
            PeerMessage.Decided => null,
            _ => message,
        });
        world.Connect(node, 2);
        // Once a question went unanswered the other one is asked for all of it.
        long ms = world.RunUntilSynced(node, msMax: 20_000);
        Assert.True(ms < PeerLimits.SyncAnswerMs + 2_000, $"{ms} ms");
        int asked = liar.Sent.Count(message => message is PeerMessage.BlocksWanted);
        // Twice: while nothing spoke against it, and once nobody else has more.
        Assert.True(asked <= 2 * PeerLimits.SyncRequestsPerPeerMax, $"{asked} requests");
        world.Advance(100);
        node.Core.Tick();
        Assert.False(node.Core.IsBehind, "what a peer says and does not show makes no node look behind");
        Assert.DoesNotContain(PeerFault.Lie, world.Reported);
    }

    [Fact]
    public void Restart_in_the_middle_of_catching_up_goes_on_from_the_log()
    {
        using SyncWorld world = new(Ahead);
        int left = 100;
        using (CrashNode node = Begin(world))
        {
            world.Connect(node, 1, message => message is PeerMessage.Decided && left-- <= 0 ? null : message);
            for (int i = 0; i < 20; i++)
            {
                world.Deliver();
                world.Advance(100);
                world.Server.Core.Tick();
                node.Core.Tick();
            }
            Assert.Equal(new Height(100), node.Tip.Height);
        }
        world.NewHome.Crash(new Random(4));
        using CrashNode again = new(world.NewHome, static (_, _) => { });
        Assert.Equal(new Height(100), again.Tip.Height);
        again.Begin();
        world.Connect(again, 2);
        world.RunUntilSynced(again, msMax: 10_000);
    }

    private static CrashNode Begin(SyncWorld world)
    {
        CrashNode node = new(world.NewHome, static (_, _) => { });
        world.NewHome.Time.Advance(Math.Max(0, world.Home.Time.NowMs - world.NewHome.Time.NowMs));
        node.Begin();
        return node;
    }

    /// <summary>From height 50 on.</summary>
    private static PeerMessage Spoil(PeerMessage message, string lie)
    {
        if (message is not PeerMessage.Decided decided) return message;
        Assert.True(Block.TryDecode(decided.EncodedBlock.Span, out Block block, out DecodeError error), error.ToString());
        if (block.Header.Height.Value < 50) return message;
        return lie switch
        {
            "header" => decided with { EncodedBlock = (block with { Header = block.Header with { Time = block.Header.Time.AddMs(1) } }).Encode() },
            // The header stays right, and with it the hash that votes name first; only the parts are others.
            "parts" => decided with { EncodedBlock = (block with { Transactions = [[1, 2, 3]] }).Encode() },
            "commit" => decided with { Commit = decided.Commit with { Round = decided.Commit.Round.Next } },
            _ => decided with { EncodedBlock = decided.EncodedBlock[..^1] },
        };
    }
}
