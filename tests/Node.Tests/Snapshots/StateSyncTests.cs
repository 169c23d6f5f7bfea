using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Networking;
using Chain.Node.Hosting;
using Chain.Node.Peers.Messages;
using Chain.Node.Snapshots;
using Chain.Node.Tests.Crashes;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Snapshots;

public sealed class StateSyncTests
{
    [Fact]
    public void Node_keeps_its_two_newest_snapshots_and_begins_anew_after_a_restart()
    {
        using CrashHome home = new();
        using (CrashNode node = new(home, static (_, _) => { }, SyncWorld.Interval))
        {
            node.Begin();
            while (node.Tip.Height.Value < 22)
            {
                node.Step();
                for (int i = 0; i < 10; i++) node.Core.Tick();
            }
        }
        SnapshotStore snapshots = new(home.Store);
        Assert.Equal([new Height(15), new Height(20)], snapshots.Heights());
        using CrashNode again = new(home, static (_, _) => { }, SyncWorld.Interval);
        again.Begin();
        again.Core.Tick();
        Assert.Equal([new Height(15), new Height(20)], snapshots.Heights());
    }

    [Fact]
    public void New_node_joins_a_network_whose_old_blocks_are_gone()
    {
        using SyncWorld world = new(height: 17);
        StateSync sync = world.NewSync(trustHeight: 13);
        world.Prune(new Height(13));
        SyncWorld.Pipe[] peers = [world.Connect(sync, 1), world.Connect(sync, 2), world.Connect(sync, 3)];
        world.Run(sync);
        Assert.True(sync.IsDone);
        Assert.Empty(world.Reported);
        Assert.True(peers.Count(peer => peer.Sent.Any(message => message is PeerMessage.ChunkWanted)) > 1, "chunks come from several peers");
        Assert.DoesNotContain(peers.SelectMany(peer => peer.Sent), message => message is PeerMessage.BlocksWanted { From.Value: < 15 });
        StateStore restored = new(world.NewHome.Store);
        Assert.Equal(world.Server.State.AppHash(new Height(15)), restored.AppHash(new Height(15)));

        using CrashNode node = new(world.NewHome, static (_, _) => { });
        node.Begin();
        Assert.Equal(new Height(15), node.Tip.Height);
        world.Connect(node);
        world.RunTo(24);
        for (int i = 0; i < 50 && node.Tip.Height < world.Server.Tip.Height; i++)
        {
            world.Deliver();
            world.Advance(500);
            world.Server.Core.Tick();
            node.Core.Tick();
        }
        Assert.Equal(world.Server.Tip.Height, node.Tip.Height);
        Assert.Equal(world.Server.Tip.AppHash, node.Tip.AppHash);
        Assert.Equal(new Height(15), node.Blocks.First);
    }

    [Theory]
    [InlineData("light block")]
    [InlineData("manifest")]
    [InlineData("cuts")]
    [InlineData("chunk")]
    [InlineData("results")]
    [InlineData("block")]
    public void Lying_peer_costs_nothing_but_its_connection(string lie)
    {
        using SyncWorld world = new(height: 17);
        StateSync sync = world.NewSync(trustHeight: 2);
        world.Connect(sync, 1, message => Spoil(message, lie));
        world.Connect(sync, 2, message => Spoil(message, lie));
        world.Connect(sync, 3);
        world.Run(sync);
        Assert.True(sync.IsDone);
        Assert.Contains(PeerFault.Lie, world.Reported);
        Assert.True(world.Reported.Count(fault => fault == PeerFault.Lie) <= 2);
        Assert.Equal(world.Server.State.AppHash(new Height(15)), new StateStore(world.NewHome.Store).AppHash(new Height(15)));
    }

    [Fact]
    public void Silent_peers_are_asked_last_and_lost_answers_are_asked_for_again()
    {
        using SyncWorld world = new(height: 17);
        StateSync sync = world.NewSync(trustHeight: 2);
        world.Connect(sync, 1, static message => message is PeerMessage.SnapshotOffered ? message : null);
        Random random = new(5);
        world.Connect(sync, 2, message => random.Next(3) == 0 ? null : message);
        world.Run(sync, ticksMax: 3_000);
        Assert.True(sync.IsDone);
        Assert.DoesNotContain(PeerFault.Lie, world.Reported);
    }

    [Fact]
    public void Snapshot_that_nobody_can_prove_is_passed_over()
    {
        using SyncWorld world = new(height: 17);
        StateSync sync = world.NewSync(trustHeight: 2);
        world.Connect(sync, 1, static message => message is PeerMessage.SnapshotOffered { Manifest: { } manifest }
            ? new PeerMessage.SnapshotOffered(At(manifest, height: 1_000_000))
            : null);
        world.Connect(sync, 2);
        world.Run(sync, ticksMax: 3_000);
        Assert.True(sync.IsDone);
    }

    [Fact]
    public void Peer_that_offers_ever_higher_snapshots_and_gives_nothing_keeps_no_node_waiting()
    {
        using SyncWorld world = new(height: 17);
        StateSync sync = world.NewSync(trustHeight: 2);
        long height = 1_000_000;
        world.Connect(sync, 1, message => message is PeerMessage.SnapshotOffered { Manifest: { } manifest }
            ? new PeerMessage.SnapshotOffered(At(manifest, height++))
            : null);
        world.Connect(sync, 2);
        world.Run(sync, ticksMax: (int)(2 * SyncLimits.StandstillMs / 100));
        Assert.True(sync.IsDone);
    }

    [Fact]
    public void Block_that_nobody_asked_for_is_not_opened()
    {
        using SyncWorld world = new(height: 17);
        StateSync sync = world.NewSync(trustHeight: 2);
        SyncWorld.Pipe peer = world.Connect(sync, 1);
        sync.Handle(peer, new PeerMessage.Decided(new byte[] { 1 }, Commit.Empty));
        Assert.Empty(world.Reported);
        world.Run(sync);
        Assert.True(sync.IsDone);
    }

    [Fact]
    public void Stop_before_the_end_leaves_no_state_and_the_next_start_keeps_the_chunks_that_came()
    {
        using SyncWorld world = new(height: 17);
        // A summary, two offers, three light blocks, block and results; the ninth is a chunk.
        for (int deliveries = 7; deliveries < 10; deliveries++)
        {
            StateSync cut = world.NewSync(trustHeight: 2);
            int left = deliveries;
            world.Connect(cut, (byte)(10 + deliveries), message => left-- > 0 ? message : null);
            world.Run(cut, ticksMax: 20);
            Assert.False(cut.IsDone);
            Assert.Null(new StateStore(world.NewHome.Store).Newest);
        }
        StateSync sync = world.NewSync(trustHeight: 2);
        SyncWorld.Pipe peer = world.Connect(sync, 1);
        world.Run(sync);
        Assert.True(sync.IsDone);
        Assert.Equal(StoreNames.All.Count - 1, peer.Sent.Count(message => message is PeerMessage.ChunkWanted));
        Assert.Empty(SnapshotRestore.Begun(world.NewHome.Store));
        // The batch was synced: a power failure right after it takes nothing.
        world.NewHome.Crash(new Random(3));
        using CrashNode node = new(world.NewHome, static (_, _) => { });
        Assert.Equal(new Height(15), node.Tip.Height);
    }

    [Fact]
    public void Node_that_gives_up_its_state_sync_begins_from_the_genesis_with_nothing_left_of_it()
    {
        using SyncWorld world = new(height: 17);
        StateSync cut = world.NewSync(trustHeight: 2);
        int chunks = 1;
        world.Connect(cut, 1, message => message is PeerMessage.ChunkOf && chunks-- <= 0 ? null : message);
        world.Run(cut, ticksMax: 30);
        Assert.Equal(1, cut.Progress.ChunksHere);
        Assert.NotEmpty(SnapshotRestore.Begun(world.NewHome.Store));
        using CrashNode node = new(world.NewHome, static (_, _) => { });
        Assert.Equal(new Height(0), node.Tip.Height);
        Assert.Empty(SnapshotRestore.Begun(world.NewHome.Store));
        using CrashHome fresh = new(seed: 8);
        using CrashNode other = new(fresh, static (_, _) => { });
        Assert.Equal(Rows(fresh), Rows(world.NewHome));

        static IEnumerable<string> Rows(CrashHome home)
        {
            foreach (Column column in (Column[])[Column.State, Column.Nodes, Column.Local])
            {
                using IKeyValueIterator walk = home.Store.Iterate(column, [], []);
                while (walk.MoveNext()) yield return $"{column} {Convert.ToHexString(walk.Key)} {Convert.ToHexString(walk.Value)}";
            }
        }
    }

    [Fact]
    public void Trusted_block_that_is_too_old_stops_the_node()
    {
        using SyncWorld world = new(height: 17);
        StateSync sync = world.NewSync(trustHeight: 2);
        world.Connect(sync, 1);
        world.NewHome.Time.Advance(2_000_000_000);
        NodeStopException stop = Assert.Throws<NodeStopException>(() => world.Run(sync));
        Assert.Equal(ExitCode.BadInput, stop.Code);
    }

    private static PeerMessage Spoil(PeerMessage message, string lie) => (lie, message) switch
    {
        ("light block", PeerMessage.LightBlockOf { Block: { } block }) => new PeerMessage.LightBlockOf(
            block with { Header = block.Header with { AppHash = Sha256.Hash([1]) } }),
        ("manifest", PeerMessage.SnapshotOffered { Manifest: { } manifest }) => new PeerMessage.SnapshotOffered(WithOtherRoot(manifest)),
        ("cuts", PeerMessage.SnapshotOffered { Manifest: { } manifest }) => new PeerMessage.SnapshotOffered(WithOtherCuts(manifest)),
        ("chunk", PeerMessage.ChunkOf chunk) => chunk with { EncodedChunk = Flipped(chunk.EncodedChunk) },
        ("results", PeerMessage.ResultsOf results) => results with { EncodedResults = Flipped(results.EncodedResults) },
        ("block", PeerMessage.Decided decided) => decided with { EncodedBlock = Flipped(decided.EncodedBlock) },
        _ => message,
    };

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        copy[^1] ^= 1;
        return copy;
    }

    private static SnapshotManifest At(SnapshotManifest manifest, long height) =>
        new(new Height(height), [.. StoreNames.All.Select(manifest.RootOf)], [[], [], []]);

    private static SnapshotManifest WithOtherRoot(SnapshotManifest manifest) =>
        new(manifest.Height, [Sha256.Hash([2]), .. StoreNames.All.Skip(1).Select(manifest.RootOf)], [[], [], []]);

    private static SnapshotManifest WithOtherCuts(SnapshotManifest manifest)
    {
        IReadOnlyList<Hash256> cuts = [.. Enumerable.Range(0, 5).Select(i => Sha256.Hash([(byte)i])).Order()];
        return new(manifest.Height, [.. StoreNames.All.Select(manifest.RootOf)], [cuts, cuts, cuts]);
    }
}
