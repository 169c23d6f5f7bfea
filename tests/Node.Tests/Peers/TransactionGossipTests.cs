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

    public void Dispose()
    {
        foreach (CrashNode node in _nodes) node.Dispose();
        foreach (CrashHome home in _homes) home.Dispose();
    }

    private void Start(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _homes.Add(new CrashHome(seed: (byte)(20 + i)));
            _nodes.Add(new CrashNode(_homes[i], static (_, _) => { }));
            _nodes[i].Begin();
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
