using System;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Chain.Networking.Tls;
using Chain.Networking.Wire;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.Networking.Tests.Connections;

/// <summary>What is said before a connection counts.</summary>
public sealed class HelloTests
{
    [Theory]
    [InlineData(EndReason.WrongChain)]
    [InlineData(EndReason.WrongGenesis)]
    public async Task Nodes_ofDifferentChains_tellEachOtherWhy(EndReason reason)
    {
        await using TestNode left = await TestNode.StartAsync(0);
        await using TestNode right = await TestNode.StartAsync(1, options => reason == EndReason.WrongChain
            ? options with { ChainId = "other-1" }
            : options with { GenesisHash = Sha256.Hash("another"u8) });

        left.Network.SetDialTargets([right.Address]);

        await Hang.UntilAsync(() => left.Network.Counters.Refused[(int)reason] > 0, "the dialler's reason");
        await Hang.UntilAsync(() => right.Network.Counters.Refused[(int)reason] > 0, "the listener's reason");
        Assert.Empty(left.Handler.Connected);
        Assert.Empty(right.Handler.Connected);
    }

    [Fact]
    public async Task Peer_ofAnotherChain_readsBothNames()
    {
        await using TestNode node = await TestNode.StartAsync(0);
        await using RawPeer peer = await DialAsync(node);

        await peer.SendAsync((RawPeer.Hello() with { ChainId = "other-1" }).ToFrame());

        ControlMessage goodbye = await peer.ReadGoodbyeAsync();
        Assert.Equal(EndReason.WrongChain, goodbye.Reason);
        Assert.Equal($"this node is on chain {TestNode.ChainId}, not other-1", goodbye.Text);
    }

    [Fact]
    public async Task Peer_ofAnotherProtocol_isToldTheVersion()
    {
        await using TestNode node = await TestNode.StartAsync(0);
        await using RawPeer peer = await DialAsync(node);

        await peer.SendAsync(ControlMessage.Frame((ref writer) => writer.Array(2).UInt(ControlMessage.ProtocolVersion + 1).UInt(1)));

        ControlMessage goodbye = await peer.ReadGoodbyeAsync();
        Assert.Equal(EndReason.WrongProtocol, goodbye.Reason);
    }

    [Fact]
    public async Task Peer_withGarbageForHello_isRefusedAndScored()
    {
        await using TestNode node = await TestNode.StartAsync(0);
        await using RawPeer peer = await DialAsync(node);

        await peer.SendAsync(RawPeer.Frame(FrameHeader.ControlChannel, [0xc1, 0xc1]));

        Assert.Equal(EndReason.Fault, (await peer.ReadGoodbyeAsync()).Reason);
        Assert.Equal(1, node.Network.Counters.Bans);
        Assert.Empty(node.Handler.Connected);
    }

    [Fact]
    public async Task Peer_withDataBeforeAccept_isRefused()
    {
        await using TestNode node = await TestNode.StartAsync(0);
        await using RawPeer peer = await DialAsync(node);

        await peer.SendAsync(RawPeer.Hello().ToFrame());
        await peer.SendAsync(RawPeer.Frame((byte)Channel.Votes, [1]));

        Assert.Equal(EndReason.Fault, (await peer.ReadGoodbyeAsync()).Reason);
        Assert.Empty(node.Handler.Connected);
    }

    [Fact]
    public async Task Peer_withOurOwnKey_isRefused()
    {
        await using TestNode node = await TestNode.StartAsync(5);
        await using RawPeer peer = await DialAsync(node);

        await peer.SendAsync(RawPeer.Hello().ToFrame());

        Assert.Equal(EndReason.Self, (await peer.ReadGoodbyeAsync()).Reason);
    }

    [Fact]
    public async Task Node_withAllPeersItMay_refusesOneMore()
    {
        await using TestNode node = await TestNode.StartAsync(0, options => options with { PeersMax = 1 });
        await using RawPeer first = await RawPeer.JoinAsync(node, 6);
        await using RawPeer second = await DialAsync(node);

        await second.SendAsync(RawPeer.Hello().ToFrame());

        Assert.Equal(EndReason.TooManyPeers, (await second.ReadGoodbyeAsync()).Reason);
        Assert.Single(node.Network.Peers);
    }

    [Fact]
    public async Task Node_withAllGuestsItMay_stillTakesAValidator()
    {
        TestAdmission admission = new();
        admission.MakeGuest(TestNode.IdOf(6));
        admission.MakeGuest(TestNode.IdOf(5));
        await using TestNode node = await TestNode.StartAsync(0, options => options with { GuestsMax = 1 }, admission: admission);
        await using RawPeer guest = await RawPeer.JoinAsync(node, 6);
        await Hang.UntilAsync(() => node.Network.Peers.Count == 1, "the guest");
        await using RawPeer second = await DialAsync(node);
        await second.SendAsync(RawPeer.Hello().ToFrame());
        Assert.Equal(EndReason.TooManyPeers, (await second.ReadGoodbyeAsync()).Reason);

        await using RawPeer validator = await RawPeer.JoinAsync(node, 7);

        await Hang.UntilAsync(() => node.Network.Peers.Count == 2, "the validator");
    }

    [Fact]
    public void Version_withControlCharacters_isRefused()
    {
        byte[] frame = (RawPeer.Hello() with { Version = "1.0\nfake line" }).ToFrame();

        Assert.False(ControlMessage.TryDecode(frame.AsSpan(NetworkLimits.FrameHeaderBytes), out _, out DecodeError error));
        Assert.Equal(DecodeCode.OutOfRange, error.Code);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 9, true)]
    [InlineData(9, 9, true)]
    [InlineData(1, long.MaxValue, true)]
    [InlineData(10, 9, false)]
    [InlineData(1, 0, false)]
    [InlineData(-1, 9, false)]
    [InlineData(0, -1, false)]
    public void Blocks_ofNoRange_areRefused(long first, long last, bool isRange)
    {
        Hello hello = RawPeer.Hello() with { Blocks = new BlockRange(new Height(first), new Height(last)) };

        bool isTaken = ControlMessage.TryDecode(
            hello.ToFrame().AsSpan(NetworkLimits.FrameHeaderBytes), out ControlMessage? message, out DecodeError error);

        Assert.Equal(isRange, isTaken);
        if (isRange) Assert.Equal(hello, message!.Hello);
        else Assert.Equal(DecodeCode.OutOfRange, error.Code);
    }

    [Fact]
    public async Task Nodes_tellEachOtherTheirBlocksAndVersionsOfThatMoment()
    {
        long height = 4;
        await using TestNode left = await TestNode.StartAsync(
            0, options => options with { AppVersion = 5, Blocks = () => new BlockRange(new Height(2), new Height(height)) });
        await using TestNode right = await TestNode.StartAsync(1);
        height = 6;

        IPeer leftAtRight = await right.DialAsync(left);

        Assert.Equal(new BlockRange(new Height(2), new Height(6)), leftAtRight.Blocks);
        Assert.Equal(default, left.PeerOf(right)!.Blocks);
        Assert.Equal(5u, right.Network.Peers[0].AppVersion);
    }

    [Fact]
    public void Hello_withTheLongestNames_isOneControlMessage()
    {
        Hello hello = RawPeer.Hello(ulong.MaxValue) with
        {
            ChainId = new string('c', Limits.ChainIdBytesMax),
            Version = new string('v', NetworkLimits.VersionBytesMax),
            ListenPort = ushort.MaxValue,
            AppVersion = uint.MaxValue,
            Blocks = new BlockRange(new Height(long.MaxValue), new Height(long.MaxValue)),
        };

        Assert.True(hello.ToFrame().Length <= NetworkLimits.FrameHeaderBytes + NetworkLimits.ControlBytesMax);
    }

    [Fact]
    public void Goodbye_withLongOrWildText_staysWithinTheBound()
    {
        string text = "\r\n\ud83d" + new string('\u4e16', 1000);
        byte[] frame = ControlMessage.Goodbye(EndReason.Fault, text);

        Assert.True(frame.Length <= NetworkLimits.FrameHeaderBytes + NetworkLimits.ControlBytesMax);
        Assert.True(ControlMessage.TryDecode(frame.AsSpan(NetworkLimits.FrameHeaderBytes), out ControlMessage? decoded, out _));
        Assert.StartsWith("???\u4e16", decoded!.Text, StringComparison.Ordinal);
    }

    private static async Task<RawPeer> DialAsync(TestNode node)
    {
        using PrivateKey key = TestNode.Key(5);
        using X509Certificate2 certificate = NodeCertificate.Create(key);
        return await RawPeer.DialAsync(node, certificate);
    }
}
