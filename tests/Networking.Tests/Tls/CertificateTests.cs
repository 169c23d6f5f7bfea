using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking.Tls;
using Chain.Primitives.Crypto;

namespace Chain.Networking.Tests.Tls;

/// <summary>Who is let through TLS, and who is not.</summary>
public sealed class CertificateTests
{
    [Fact]
    public async Task Certificate_expired_isAccepted()
    {
        using PrivateKey key = TestNode.Key(5);
        using X509Certificate2 certificate = TestCertificate.SelfSigned(
            keyInfo => TestCertificate.Extension(NodeIdentity.Sign(key, keyInfo).Encode()));
        await using TestNode node = await TestNode.StartAsync(0);

        await using RawPeer peer = await RawPeer.DialAsync(node, certificate);
        await peer.GreetAsync();

        await Hang.UntilAsync(() => node.Network.Peers.Count == 1, "the peer");
        Assert.Equal(key.PublicKey.Address, node.Network.Peers[0].Id);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("missing extension")]
    [InlineData("not critical")]
    [InlineData("signed by another key")]
    [InlineData("signature of another certificate")]
    [InlineData("no MessagePack")]
    [InlineData("trailing byte")]
    [InlineData("unknown version")]
    [InlineData("key of small order")]
    public async Task Certificate_bad_isRefused(string kind)
    {
        using PrivateKey key = TestNode.Key(5);
        using PrivateKey other = TestNode.Key(6);
        using X509Certificate2? certificate = kind == "none" ? null : TestCertificate.SelfSigned(keyInfo => kind switch
        {
            "not critical" => TestCertificate.Extension(NodeIdentity.Sign(key, keyInfo).Encode(), critical: false),
            "signed by another key" => TestCertificate.Extension(
                (NodeIdentity.Sign(other, keyInfo) with { NodeKey = key.PublicKey }).Encode()),
            "signature of another certificate" => TestCertificate.Extension(NodeIdentity.Sign(key, [1, 2, 3]).Encode()),
            "no MessagePack" => TestCertificate.Extension([0xff, 0x00]),
            "trailing byte" => TestCertificate.Extension([.. NodeIdentity.Sign(key, keyInfo).Encode(), 0]),
            "unknown version" => TestCertificate.Extension(Versioned(NodeIdentity.Sign(key, keyInfo).Encode(), 2)),
            "key of small order" => TestCertificate.Extension(new NodeIdentity(default, default).Encode()),
            _ => null,
        });
        await using TestNode node = await TestNode.StartAsync(0);

        // With TLS 1.3 the client is through before the server has judged: the refusal shows at the first read.
        await using RawPeer peer = await RawPeer.DialAsync(node, certificate);
        Assert.Null(await peer.ReadAsync());

        await Hang.UntilAsync(() => node.Network.Counters.Refused[(int)EndReason.BadCertificate] == 1, "the refusal");
        Assert.Empty(node.Handler.Connected);
    }

    [Fact]
    public async Task Dialler_anotherKeyAnswers_isRefused()
    {
        await using TestNode node = await TestNode.StartAsync(0);
        await using TestNode impostor = await TestNode.StartAsync(1);
        using PrivateKey meant = TestNode.Key(2);

        node.Network.SetDialTargets([impostor.Address with { Id = meant.PublicKey.Address }]);

        await Hang.UntilAsync(() => node.Network.Counters.Refused[(int)EndReason.BadCertificate] > 1, "refusals");
        Assert.Empty(node.Handler.Connected);
        Assert.Empty(impostor.Handler.Connected);
    }

    [Fact]
    public async Task Client_withTls12_isRefused()
    {
        using PrivateKey key = TestNode.Key(5);
        using X509Certificate2 certificate = NodeCertificate.Create(key);
        await using TestNode node = await TestNode.StartAsync(0);

        Exception fault = await Assert.ThrowsAnyAsync<Exception>(() => RawPeer.DialAsync(node, certificate, SslProtocols.Tls12));

        Assert.True(fault is AuthenticationException or IOException, fault.ToString());
        Assert.Empty(node.Handler.Connected);
    }

    [Fact]
    public async Task Certificate_withUrls_causesNoRequest()
    {
        using CountingServer server = new();
        using PrivateKey key = TestNode.Key(5);
        using X509Certificate2 certificate = TestCertificate.WithUrls(key, server.Url);
        await using TestNode node = await TestNode.StartAsync(0);

        // As one who dials …
        await using (RawPeer peer = await RawPeer.DialAsync(node, certificate))
        {
            await peer.GreetAsync();
            await Hang.UntilAsync(() => node.Network.Peers.Count == 1, "the peer");
        }
        await Hang.UntilAsync(() => node.Network.Peers.Count == 0, "its end");

        // … and as one who is dialled.
        using Socket listener = RawPeer.Listen();
        node.Network.SetDialTargets([new PeerAddress(key.PublicKey.Address, "127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port)]);
        await using (RawPeer peer = await RawPeer.AcceptAsync(listener, certificate))
        {
            await peer.GreetAsync();
            await Hang.UntilAsync(() => node.Network.Peers.Count == 1, "the peer");
        }
        Assert.Equal(0, server.Connections);

        // The same certificate in .NET's hands without our policy: the server would have noticed.
        using X509Chain chain = new();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.Build(certificate);
        Assert.True(server.Connections > 0);
    }

    [Fact]
    public void Identity_encoded_roundTrips()
    {
        using PrivateKey key = TestNode.Key(0);
        NodeIdentity identity = NodeIdentity.Sign(key, "a key"u8);

        Assert.True(NodeIdentity.TryDecode(identity.Encode(), out NodeIdentity? decoded, out _));
        Assert.Equal(identity, decoded);
    }

    private static byte[] Versioned(byte[] encoded, byte version)
    {
        encoded[1] = version;
        return encoded;
    }

    /// <summary>Counts TCP connections and answers none.</summary>
    private sealed class CountingServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private int _connections;

        public CountingServer()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

        public int Connections => Volatile.Read(ref _connections);

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref _connections);
                }
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
