using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;
using Chain.Node.Tests.Crashes;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Node.Tests.Peers;

/// <summary>Nodes that pass transactions on: each reaches everybody and crosses no link twice.</summary>
public sealed class TransactionGossipTests : IDisposable
{
    private readonly List<CrashHome> _homes = [];
    private readonly List<CrashNode> _nodes = [];
    private readonly Queue<Action> _wire = new();
    private readonly List<(int From, int To, Hash256 Id)> _crossed = [];

    [Fact]
    public async Task Transaction_of_a_node_behind_one_validator_reaches_all()
    {
        Start(4);
        Connect(0, 1);
        Connect(1, 2);
        Connect(1, 3);
        Connect(2, 3);
        Hash256 id = await SubmitAsync(0);
        Deliver();
        Assert.All(_nodes, node => Assert.True(node.Pool.Contains(id)));
        AssertEachLinkOnce();
        Assert.Equal(3, _crossed.Count);
    }

    [Fact]
    public async Task Transaction_in_a_full_mesh_takes_the_direct_ways_alone()
    {
        Start(4);
        for (int a = 0; a < 4; a++)
        {
            for (int b = a + 1; b < 4; b++) Connect(a, b);
        }
        Hash256 id = await SubmitAsync(2);
        Deliver();
        Tick(30);
        Assert.All(_nodes, node => Assert.True(node.Pool.Contains(id)));
        AssertEachLinkOnce();
        Assert.Equal([(2, 0), (2, 1), (2, 3)], _crossed.Select(crossing => (crossing.From, crossing.To)).Order());
    }

    [Fact]
    public async Task Transaction_that_a_full_queue_refused_comes_a_little_later()
    {
        Start(2);
        (Link toSecond, _) = Connect(0, 1);
        toSecond.IsFull = true;
        Hash256 id = await SubmitAsync(0);
        Deliver();
        toSecond.IsFull = false;
        Assert.False(_nodes[1].Pool.Contains(id));
        Tick((int)(3 * PeerLimits.NameAgainMs / 100));
        Assert.True(_nodes[1].Pool.Contains(id));
        AssertEachLinkOnce();
    }

    [Fact]
    public async Task Peer_that_comes_later_gets_what_it_lacks_and_nothing_twice()
    {
        Start(3);
        Connect(0, 1);
        List<Hash256> ids = [];
        for (byte lane = 0; lane < 5; lane++) ids.Add(await SubmitAsync(0, lane));
        Deliver();
        Connect(0, 2);
        Connect(1, 2);
        Deliver();
        Assert.All(ids, id => Assert.True(_nodes[2].Pool.Contains(id)));
        AssertEachLinkOnce();
        Assert.Equal(10, _crossed.Count);
    }

    [Fact]
    public void Names_of_transactions_that_do_not_exist_cost_a_question_and_no_memory()
    {
        Start(2);
        (Link toSecond, _) = Connect(0, 1);
        for (int i = 0; i < 200; i++)
        {
            List<Hash256> ids = [];
            for (int j = 0; j < PeerLimits.IdsPerMessageMax; j++) ids.Add(Sha256.Hash(BitConverter.GetBytes((i * PeerLimits.IdsPerMessageMax) + j)));
            toSecond.TrySend(Networking.Channel.Transactions, new PeerMessage.TransactionsKnown(ids).Encode());
            Deliver();
        }
        Assert.True(_nodes[1].Gossip.AskedCount <= PeerLimits.AskedTransactionsMax);
        Assert.Empty(_crossed);
    }

    [Fact]
    public async Task Transaction_that_a_peer_names_and_withholds_is_asked_of_the_next_who_names_it()
    {
        Start(3);
        Hash256 first = await SubmitAsync(1);
        FakePeer evil = NameTo(2, first);
        Tick(1);
        Connect(1, 2);
        Deliver();
        Assert.False(_nodes[2].Pool.Contains(first), "one is asked at a time");
        Tick((int)(PeerLimits.AskElsewhereMs / 100) - 1);
        Assert.True(_nodes[2].Pool.Contains(first));
        Assert.Equal([Networking.PeerFault.Useless], evil.Reports);

        // From then on nobody waits for that key, whatever connection it has.
        Start(1);
        Hash256 second = await SubmitAsync(3, lane: 1);
        Assert.Single(NameTo(2, second).Sent, message => message is PeerMessage.TransactionsWanted);
        Connect(3, 2);
        Deliver();
        Assert.True(_nodes[2].Pool.Contains(second));
        AssertEachLinkOnce();
    }

    [Fact]
    public async Task Transaction_that_two_peers_withhold_is_asked_of_the_third()
    {
        Start(3);
        Hash256 id = await SubmitAsync(1);
        FakePeer first = NameTo(2, id, number: 77);
        FakePeer second = NameTo(2, id, number: 78);
        Connect(1, 2);
        Deliver();
        Assert.DoesNotContain(second.Sent, message => message is PeerMessage.TransactionsWanted);
        Tick((int)(2 * PeerLimits.AskElsewhereMs / 100));
        Assert.True(_nodes[2].Pool.Contains(id));
        Assert.All([first, second], peer => Assert.Single(peer.Sent, message => message is PeerMessage.TransactionsWanted));
        AssertEachLinkOnce();
    }

    [Fact]
    public async Task Flood_of_names_keeps_no_transaction_away()
    {
        Start(3);
        FakePeer evil = NameTo(2, Sha256.Hash([1]));
        for (int i = 0; i < PeerLimits.AskedTransactionsMax; i += PeerLimits.IdsPerMessageMax)
        {
            _nodes[2].Handle(evil, new PeerMessage.TransactionsKnown(
                [.. Enumerable.Range(i, PeerLimits.IdsPerMessageMax).Select(static n => Sha256.Hash(BitConverter.GetBytes(n)))]));
        }
        Assert.Equal(PeerLimits.AskedTransactionsMax, _nodes[2].Gossip.AskedCount);
        Hash256 id = await SubmitAsync(1);
        _nodes[2].Handle(evil, new PeerMessage.TransactionsKnown([id]));
        Connect(1, 2);
        Deliver();
        Assert.True(_nodes[2].Pool.Contains(id));
        Tick((int)(PeerLimits.NameAgainMs + (2 * PeerLimits.AskElsewhereMs)) / 100);
        Assert.Equal(0, _nodes[2].Gossip.AskedCount);
        Assert.Equal([Networking.PeerFault.Useless], evil.Reports);
    }

    public void Dispose()
    {
        foreach (CrashNode node in _nodes) node.Dispose();
        foreach (CrashHome home in _homes) home.Dispose();
    }

    private void Start(int count)
    {
        for (int i = 0; i < count; i++)
        {
            CrashHome home = new(seed: (byte)(20 + _homes.Count));
            if (_homes.Count > 0) home.Time.Advance(_homes[0].Time.NowMs - home.Time.NowMs);
            _homes.Add(home);
            _nodes.Add(new CrashNode(home, static (_, _) => { }));
            _nodes[^1].Begin();
        }
    }

    private (Link First, Link Second) Connect(int a, int b)
    {
        Link first = new(this, a, b);
        Link second = new(this, b, a);
        (first.Far, second.Far) = (second, first);
        _nodes[a].Core.Connected(first);
        _nodes[b].Core.Connected(second);
        return (first, second);
    }

    /// <summary>A peer comes to a node and names a transaction.</summary>
    private FakePeer NameTo(int node, Hash256 id, byte number = 77)
    {
        FakePeer peer = new(number);
        _nodes[node].Core.Connected(peer);
        _nodes[node].Handle(peer, new PeerMessage.TransactionsKnown([id]));
        return peer;
    }

    private async Task<Hash256> SubmitAsync(int node, byte lane = 0)
    {
        PrivateKey owner = _homes[node].Owner;
        TransactionBody body = new(
            CrashHome.ChainId,
            owner.PublicKey.Address,
            lane,
            Sequence: 0,
            MaxFee: 1_000_000_000,
            Tip: 0,
            (ulong)((_homes[node].Time.NowMs / 1000) + 3_600),
            [new Transfer(Address.From(Sha256.Hash([9]).Span[..Address.Size]), 1, default)],
            "");
        SignedTransaction transaction = SignedTransaction.Sign(body, owner);
        Assert.Equal(0u, (await _nodes[node].SubmitAsync(transaction.Bytes)).Code);
        return transaction.Id;
    }

    private void Tick(int count)
    {
        for (int i = 0; i < count; i++)
        {
            foreach (CrashHome home in _homes) home.Time.Advance(100);
            foreach (CrashNode node in _nodes) node.Core.Tick();
            Deliver();
        }
    }

    private void Deliver()
    {
        while (_wire.TryDequeue(out Action? delivery)) delivery();
    }

    private void AssertEachLinkOnce()
    {
        IEnumerable<(int, int, Hash256)> links = _crossed.Select(c => (Math.Min(c.From, c.To), Math.Max(c.From, c.To), c.Id));
        Assert.Equal(_crossed.Count, links.Distinct().Count());
    }

    /// <summary>What one node holds of another.</summary>
    private sealed class Link(TransactionGossipTests world, int owner, int other) : Networking.IPeer
    {
        public Link Far { get; set; } = null!;

        public bool IsFull { get; set; }

        public Address Id { get; } = Address.From(Sha256.Hash([(byte)other]).Span[..Address.Size]);

        public bool TrySend(Networking.Channel channel, ReadOnlyMemory<byte> message)
        {
            if (IsFull) return false;
            Assert.True(message.Length <= Networking.NetworkLimits.For(channel).MessageBytesMax);
            Assert.True(PeerMessage.TryDecode(message.Span, out PeerMessage decoded, out _));
            if (decoded is PeerMessage.Transactions { Items: { } items })
            {
                foreach (byte[] item in items) world._crossed.Add((owner, other, Sha256.Hash(item)));
            }
            world._wire.Enqueue(() => world._nodes[other].Handle(Far, decoded));
            return true;
        }

        public bool HasRoom(Networking.Channel channel) => !IsFull;

        public void Report(Networking.PeerFault fault) => Assert.Fail($"node {owner} reports {other}: {fault}");
    }
}
