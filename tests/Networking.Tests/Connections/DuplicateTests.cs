using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Chain.Networking.Tls;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Networking.Tests.Connections;

/// <summary>One connection for each pair of nodes, whoever dials.</summary>
public sealed class DuplicateTests
{
    private const int NodeNumber = 10;
    private const int LowerNumber = 5;
    private const int HigherNumber = 15;

    [Fact]
    public async Task Dialler_comesAgain_newerReplacesOlder()
    {
        await using TestNode node = await TestNode.StartAsync(NodeNumber);
        await using RawPeer first = await RawPeer.JoinAsync(node, LowerNumber);
        await using RawPeer second = await RawPeer.JoinAsync(node, LowerNumber);

        Assert.Equal(EndReason.Duplicate, (await first.ReadGoodbyeAsync()).Reason);
        await Hang.UntilAsync(() => node.Handler.Connected.Count == 2, "the second");

        // The old one was over before the new one began.
        Assert.Single(node.Handler.Disconnected);
        Assert.Same(node.Handler.Connected.First(), node.Handler.Disconnected.First());
        Assert.Single(node.Network.Peers);
        await second.SendAsync(RawPeer.Frame((byte)Channel.Votes, [7]));
        Assert.Equal([7], (await node.Handler.NextAsync()).Message.ToArray());
    }

    [Fact]
    public async Task BothDial_peerIsLower_peersConnectionStays()
    {
        await using TestNode node = await TestNode.StartAsync(NodeNumber);
        await using RawPeer dialled = await BeDialledAsync(node, LowerNumber);
        await using RawPeer dialling = await RawPeer.JoinAsync(node, LowerNumber);

        Assert.Equal(EndReason.Duplicate, (await dialled.ReadGoodbyeAsync()).Reason);
        await Hang.UntilAsync(() => node.Network.Peers is [{ Direction: PeerDirection.Inbound }], "the peer's own connection");
    }

    [Fact]
    public async Task BothDial_peerIsHigher_ourConnectionStays()
    {
        await using TestNode node = await TestNode.StartAsync(NodeNumber);
        await using RawPeer dialled = await BeDialledAsync(node, HigherNumber);
        await using RawPeer dialling = await GreetOnlyAsync(node, HigherNumber, instance: 1);

        Assert.Equal(EndReason.Duplicate, (await dialling.ReadGoodbyeAsync()).Reason);
        Assert.Equal(PeerDirection.Outbound, Assert.Single(node.Network.Peers).Direction);
    }

    [Fact]
    public async Task HigherPeer_hasRestarted_replacesTheDeadConnection()
    {
        await using TestNode node = await TestNode.StartAsync(NodeNumber);
        await using RawPeer dead = await BeDialledAsync(node, HigherNumber);
        await using RawPeer fresh = await RawPeer.JoinAsync(node, HigherNumber, instance: 2);

        await Hang.UntilAsync(() => node.Network.Peers is [{ Direction: PeerDirection.Inbound }], "the new connection");
    }

    [Fact]
    public async Task Mesh_allDialAll_endsWithOneConnectionForEachPair()
    {
        const int Count = 6;
        List<TestNode> nodes = [];
        ConcurrentDictionary<(int Receiver, Address Sender), bool> heard = new();
        try
        {
            for (int i = 0; i < Count; i++)
            {
                int receiver = i;
                TestHandler handler = new()
                {
                    OnMessage = (peer, _, _, _) =>
                    {
                        heard[(receiver, peer.Id)] = true;
                        return ValueTask.CompletedTask;
                    },
                };
                nodes.Add(await TestNode.StartAsync(i, handler: handler));
            }
            PeerAddress[] all = [.. nodes.Select(node => node.Address)];
            foreach (TestNode node in nodes) node.Network.SetDialTargets(all);

            await Hang.UntilAsync(() => nodes.All(node => IsWhole(node, nodes)), "the mesh");

            // A late attempt may still replace a connection, so each pair tries until it is heard.
            await Hang.UntilAsync(
                () =>
                {
                    foreach (TestNode sender in nodes)
                    {
                        foreach (TestNode receiver in nodes) sender.PeerOf(receiver)?.TrySend(Channel.Votes, new byte[] { 1 });
                    }
                    return heard.Count == Count * (Count - 1);
                },
                "a vote for each pair");
        }
        finally
        {
            foreach (TestNode node in nodes) await node.DisposeAsync();
        }
    }

    /// <summary>All others are connected, and the two ends mean the same connection.</summary>
    private static bool IsWhole(TestNode node, List<TestNode> nodes)
    {
        IReadOnlyList<PeerInfo> peers = node.Network.Peers;
        return peers.Count == nodes.Count - 1 && peers.All(peer =>
        {
            TestNode other = nodes.First(candidate => candidate.Id == peer.Id);
            PeerInfo? back = other.Network.Peers.FirstOrDefault(candidate => candidate.Id == node.Id);
            return back is not null && back.Direction != peer.Direction && node.IsConnectedTo(other);
        });
    }

    private static async Task<RawPeer> BeDialledAsync(TestNode node, int number)
    {
        using Socket listener = RawPeer.Listen();
        using PrivateKey key = TestNode.Key(number);
        using X509Certificate2 certificate = NodeCertificate.Create(key);
        node.Network.SetDialTargets([new PeerAddress(key.PublicKey.Address, "127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port)]);
        RawPeer peer = await RawPeer.AcceptAsync(listener, certificate);
        await peer.GreetAsync();
        await Hang.UntilAsync(() => node.Network.Peers.Count == 1, "the first connection");
        return peer;
    }

    private static async Task<RawPeer> GreetOnlyAsync(TestNode node, int number, ulong instance)
    {
        using PrivateKey key = TestNode.Key(number);
        using X509Certificate2 certificate = NodeCertificate.Create(key);
        RawPeer peer = await RawPeer.DialAsync(node, certificate);
        await peer.SendAsync(RawPeer.Hello(instance).ToFrame());
        return peer;
    }
}
