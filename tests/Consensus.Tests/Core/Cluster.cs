using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Core;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Consensus.Tests.Core;

/// <summary>
/// A few nodes in one virtual time: every message, answer and timeout is an event that comes after a seeded delay. Nodes
/// tell each other every 300 ms what they know, which stands for a network that delivers in the end.
/// </summary>
internal sealed class Cluster
{
    private const long GossipMs = 300;

    private readonly PriorityQueue<Action, (long, long)> _events = new();
    private readonly Dictionary<BlockId, Timestamp> _blocks = [];
    private readonly Dictionary<(int, Height, Round, VoteType), BlockId> _signed = [];
    private ulong _random;
    private long _sequence;

    public Cluster(ulong seed, int count, int byzantine = -1)
    {
        _random = seed;
        Set = TestSet.Equal(count);
        Byzantine = byzantine;
        Nodes = Enumerable.Range(0, count).Select(index => new ClusterNode(this, index)).ToArray();
        foreach (ClusterNode node in Nodes)
        {
            node.Start();
            After(Random(GossipMs), () => Gossip(node));
        }
    }

    public TestSet Set { get; }

    public int Byzantine { get; }

    public ClusterNode[] Nodes { get; }

    public long NowMs { get; private set; } = TestSet.StartMs;

    /// <summary>Of a thousand messages, how many are lost.</summary>
    public int LossPerMille { get; set; }

    public IEnumerable<ClusterNode> Correct => Nodes.Where(node => node.Index != Byzantine);

    public long Random(long below)
    {
        _random = unchecked((_random * 6364136223846793005) + 1442695040888963407);
        return (long)((_random >> 33) % (ulong)below);
    }

    public void After(long delayMs, Action action) => _events.Enqueue(action, (NowMs + delayMs, _sequence++));

    /// <summary>Runs until the condition holds; false when it does not within the virtual time.</summary>
    public bool RunUntil(Func<bool> condition, long limitMs, Action? afterEach = null)
    {
        long end = NowMs + limitMs;
        while (!condition())
        {
            if (!_events.TryPeek(out Action? action, out (long At, long) due) || due.At > end)
            {
                NowMs = end;
                return false;
            }
            _events.Dequeue();
            NowMs = due.At;
            action();
            afterEach?.Invoke();
        }
        return true;
    }

    public void Send(int to, Input input)
    {
        if (Random(1000) < LossPerMille) return;
        After(1 + Random(40), () => Nodes[to].Receive(input));
    }

    public BlockId Build(int node, Height height, Round round, Timestamp time)
    {
        Hash256 hash = Sha256.Hash([(byte)node, (byte)height.Value, (byte)round.Value, (byte)_blocks.Count]);
        BlockId id = new(hash, new PartSetHeader(1, Sha256.Hash(hash.Span)));
        _blocks[id] = time;
        return id;
    }

    public Timestamp? TimeOf(BlockId id) => _blocks.TryGetValue(id, out Timestamp time) ? time : null;

    /// <summary>Every signature that a correct node ever gives: two for one place must be the same.</summary>
    public void Record(int node, Height height, Round round, VoteType type, BlockId id)
    {
        if (node == Byzantine) return;
        if (!_signed.TryAdd((node, height, round, type), id)) Assert.Equal(_signed[(node, height, round, type)], id);
    }

    public void AssertAgreement()
    {
        foreach (ClusterNode node in Correct)
        {
            for (int i = 0; i < node.Chain.Count; i++)
            {
                foreach (ClusterNode other in Correct)
                {
                    if (other.Chain.Count > i) Assert.Equal(node.Chain[i].BlockId, other.Chain[i].BlockId);
                }
                int forBlock = node.Chain[i].Signatures.Count(sig => sig.Flag == BlockIdFlag.Commit);
                Assert.True(forBlock * 3 > Set.Validators.Count * 2);
            }
        }
    }

    private void Gossip(ClusterNode node)
    {
        After(GossipMs, () => Gossip(node));
        if (!node.IsUp) return;
        foreach (ClusterNode peer in Nodes)
        {
            if (peer == node || !peer.IsUp) continue;
            if (peer.Chain.Count < node.Chain.Count)
            {
                Send(peer.Index, new Input.CertificateReceived(node.Chain[peer.Chain.Count]));
            }
            else if (peer.Chain.Count == node.Chain.Count)
            {
                foreach (Input message in node.Messages()) Send(peer.Index, message);
            }
        }
    }
}
