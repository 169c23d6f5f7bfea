using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;
using Chain.Node.Snapshots;
using Chain.Node.Storage.Blocks;
using Chain.Node.Tests.Snapshots;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Tests.Peers;

public sealed class PeerGateTests
{
    private static readonly NodeClock Clock = new(TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Peer_that_asks_for_blocks_and_does_not_read_is_held_back_and_nothing_is_read_for_it()
    {
        using SyncWorld world = new(height: 60);
        using Replica replica = new(TimeProvider.System);
        CountingReader reader = new(world.Home.Store);
        PeerGate gate = new(replica, world.Server.Gossip, new ArchiveServer(new BlockStore(reader), new SnapshotStore(world.Home.Store)), new PeerTable(), Clock);
        SlowPeer peer = new();
        byte[] question = new PeerMessage.BlocksWanted(new Height(1), 50).Encode();

        Task answer = gate.OnMessageAsync(peer, Channel.Summaries, question, Cancel).AsTask();
        Assert.False(answer.IsCompleted);
        Assert.Equal(0, reader.Count);

        for (int i = 1; i <= 50; i++)
        {
            peer.Room.Release();
            while (peer.SentCount < i) await Task.Delay(1, Cancel);
            Assert.True(reader.Count <= 3 * i, $"{reader.Count} reads for {i} blocks");
        }
        peer.Room.Release();
        await answer;
        Assert.Equal(50, peer.SentCount);
    }

    [Fact]
    public async Task Answer_ends_with_the_connection()
    {
        using SyncWorld world = new(height: 20);
        using Replica replica = new(TimeProvider.System);
        PeerTable peers = new();
        PeerGate gate = new(
            replica, world.Server.Gossip, new ArchiveServer(world.Server.Blocks, new SnapshotStore(world.Home.Store)), peers, Clock);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        byte[] question = new PeerMessage.BlocksWanted(new Height(1), 10).Encode();
        Task answer = gate.OnMessageAsync(new SlowPeer(), Channel.Summaries, question, ending.Token).AsTask();
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("another channel")]
    [InlineData("a block that is none")]
    public async Task Message_that_is_none_of_its_channel_is_reported(string what)
    {
        using SyncWorld world = new(height: 2);
        using Replica replica = new(TimeProvider.System);
        PeerTable peers = new();
        PeerGate gate = new(
            replica, world.Server.Gossip, new ArchiveServer(world.Server.Blocks, new SnapshotStore(world.Home.Store)), peers, Clock);
        (Channel channel, byte[] message) = what switch
        {
            "garbage" => (Channel.Votes, [0xc1]),
            "another channel" => (Channel.Votes, new PeerMessage.BlocksWanted(new Height(1), 1).Encode()),
            _ => (Channel.Blocks, new PeerMessage.Decided(new byte[] { 1 }, Commit.Empty).Encode()),
        };
        SlowPeer peer = new() { MayFail = true };
        peers.Add(peer).Owe(1);
        await gate.OnMessageAsync(peer, channel, message, Cancel);
        Assert.Equal(PeerFault.Malformed, peer.Reported);
        Assert.Equal(0, peer.SentCount);
    }

    [Fact]
    public async Task Block_that_nobody_asked_for_is_not_opened_and_lowers_the_score()
    {
        using SyncWorld world = new(height: 3);
        using Replica replica = new(TimeProvider.System);
        PeerTable peers = new();
        PeerGate gate = new(
            replica, world.Server.Gossip, new ArchiveServer(world.Server.Blocks, new SnapshotStore(world.Home.Store)), peers, Clock);
        byte[] block = new PeerMessage.Decided(world.Server.Blocks.LoadEncoded(new Height(2))!, world.Server.Blocks.LoadSeenCommit(new Height(2))!).Encode();
        SlowPeer stranger = new() { MayFail = true };
        await gate.OnMessageAsync(stranger, Channel.Blocks, block, Cancel);
        Assert.Equal(PeerFault.Useless, stranger.Reported);

        SlowPeer peer = new() { MayFail = true };
        peers.Add(peer).Owe(2);
        for (int i = 0; i < 2; i++) await gate.OnMessageAsync(peer, Channel.Blocks, block, Cancel);
        Assert.Null(peer.Reported);
        await gate.OnMessageAsync(peer, Channel.Blocks, block, Cancel);
        Assert.Equal(PeerFault.Useless, peer.Reported);
    }

    [Fact]
    public async Task Long_messages_wait_for_the_replica_before_they_hold_much_memory()
    {
        using SyncWorld world = new(height: 2);
        using Replica replica = new(TimeProvider.System);
        PeerGate gate = new(
            replica, world.Server.Gossip, new ArchiveServer(world.Server.Blocks, new SnapshotStore(world.Home.Store)), new PeerTable(), Clock);
        byte[] message = new PeerMessage.ChunkOf(new Height(1), 0, new byte[2 * 1024 * 1024]).Encode();
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        // Nobody takes them out.
        long taken = 0;
        Task last;
        while ((last = gate.OnMessageAsync(new SlowPeer(), Channel.Snapshots, message, ending.Token).AsTask()).IsCompleted) taken += message.Length;

        Assert.InRange(taken, message.Length, (long)ReplicaLimits.InboxMax * ReplicaLimits.InboxUnitBytes);
        // One that gives up gives back the places that it took.
        byte[] small = new PeerMessage.BodiesWanted(new Height(1), BlockId.Nil, [1]).Encode();
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => last);
        Task other = gate.OnMessageAsync(new SlowPeer(), Channel.Summaries, small, Cancel).AsTask();
        await other.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    /// <summary>Has room for as many messages as the test says.</summary>
    private sealed class SlowPeer : IPeer
    {
        private int _sent;

        public SemaphoreSlim Room { get; } = new(0);

        public bool MayFail { get; init; }

        public PeerFault? Reported { get; private set; }

        public int SentCount => Volatile.Read(ref _sent);

        public Address Id => default;

        public bool TrySend(Channel channel, ReadOnlyMemory<byte> message)
        {
            Interlocked.Increment(ref _sent);
            return true;
        }

        public bool HasRoom(Channel channel) => Room.Wait(0, CancellationToken.None);

        public void Report(PeerFault fault)
        {
            Assert.True(MayFail, fault.ToString());
            Reported = fault;
        }
    }
}
