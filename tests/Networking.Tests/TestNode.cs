using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Networking.Tests;

/// <summary>A network on loopback with its handler and admission. Keys are numbered in the order of their ids.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    public const string ChainId = "networking-1";

    public static readonly Hash256 Genesis = Sha256.Hash("genesis"u8);

    private static readonly byte[][] Seeds = [.. Enumerable.Range(1, 40)
        .Select(SeedOf)
        .OrderBy(seed => IdOf(seed))];

    private readonly PrivateKey _key;

    private TestNode(PeerNetworkOptions options, TestHandler handler, TestAdmission admission, TimeProvider time)
    {
        _key = options.NodeKey;
        Handler = handler;
        Admission = admission;
        Network = new PeerNetwork(options, admission, handler, time, NullLogger.Instance);
    }

    public PeerNetwork Network { get; }

    public TestHandler Handler { get; }

    public TestAdmission Admission { get; }

    public Address Id => Network.NodeId;

    /// <summary>Where others dial this node.</summary>
    public PeerAddress Address => new(Id, "127.0.0.1", Network.Endpoint.Port);

    /// <summary>The key number <paramref name="number"/>, from 0; a higher number has a higher id.</summary>
    public static PrivateKey Key(int number) => PrivateKey.FromSeed(Seeds[number]);

    public static Address IdOf(int number) => IdOf(Seeds[number]);

    public static PeerNetworkOptions Options(int number) => new()
    {
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        NodeKey = Key(number),
        ChainId = ChainId,
        GenesisHash = Genesis,
        Version = "test",
        HandshakesPerAddress = int.MaxValue,
        HandshakesInAll = int.MaxValue,
        ReconnectMin = TimeSpan.FromMilliseconds(20),
        ReconnectMax = TimeSpan.FromMilliseconds(200),
    };

    public static async Task<TestNode> StartAsync(
        int number,
        Func<PeerNetworkOptions, PeerNetworkOptions>? change = null,
        TestHandler? handler = null,
        TestAdmission? admission = null,
        TimeProvider? time = null)
    {
        PeerNetworkOptions options = Options(number);
        if (change is not null) options = change(options);
        TestNode node = new(options, handler ?? new TestHandler(), admission ?? new TestAdmission(), time ?? TimeProvider.System);
        await node.Network.StartAsync(CancellationToken.None);
        return node;
    }

    /// <summary>Makes this node dial the other and waits until both know of each other.</summary>
    public async Task<IPeer> DialAsync(TestNode other)
    {
        Network.SetDialTargets([other.Address]);
        await Hang.UntilAsync(() => IsConnectedTo(other) && other.IsConnectedTo(this), "a connection");
        return PeerOf(other)!;
    }

    public bool IsConnectedTo(TestNode other) => Network.Peers.Any(peer => peer.Id == other.Id) && Alive(other) is not null;

    /// <summary>The newest connection to the other.</summary>
    public IPeer? PeerOf(TestNode other) => Alive(other);

    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync().AsTask().WaitAsync(Hang.TimeMax);
        _key.Dispose();
    }

    private IPeer? Alive(TestNode other) =>
        Handler.Connected.LastOrDefault(peer => peer.Id == other.Id && !Handler.Disconnected.Contains(peer));

    private static byte[] SeedOf(int number) => Sha256.Hash(BitConverter.GetBytes(number)).Span.ToArray();

    private static Address IdOf(byte[] seed)
    {
        using PrivateKey key = PrivateKey.FromSeed(seed);
        return key.PublicKey.Address;
    }
}
