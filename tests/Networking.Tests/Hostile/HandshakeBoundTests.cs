using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Chain.Networking.Listening;

namespace Chain.Networking.Tests.Hostile;

/// <summary>Strangers cannot hold a node's handshakes for long, nor all of them.</summary>
public sealed class HandshakeBoundTests
{
    [Fact]
    public async Task Stranger_thatSaysNothing_isCutOff()
    {
        await using TestNode node = await TestNode.StartAsync(0, options => options with { HandshakeTimeout = TimeSpan.FromMilliseconds(200) });
        using Socket silent = await DialAsync(node, IPAddress.Loopback);
        using Socket slow = await DialAsync(node, IPAddress.Loopback);
        await slow.SendAsync(new byte[] { 0x16, 0x03, 0x01 });

        Assert.True(await IsClosedAsync(silent));
        Assert.True(await IsClosedAsync(slow));
        await Hang.UntilAsync(() => node.Network.Counters.Refused[(int)EndReason.TooSlow] == 2, "both");
    }

    [Fact]
    public async Task Stranger_thatStopsAfterTls_isCutOff()
    {
        await using TestNode node = await TestNode.StartAsync(0, options => options with { HandshakeTimeout = TimeSpan.FromSeconds(2) });
        using Primitives.Crypto.PrivateKey key = TestNode.Key(5);
        using System.Security.Cryptography.X509Certificates.X509Certificate2 certificate = Networking.Tls.NodeCertificate.Create(key);
        await using RawPeer peer = await RawPeer.DialAsync(node, certificate);

        // Half a header, then nothing.
        await peer.SendAsync(new byte[] { 0, 9 });

        await Hang.UntilAsync(() => node.Network.Counters.Refused[(int)EndReason.TooSlow] == 1, "the end");
    }

    [Fact]
    public async Task Stranger_thatSendsNoTls_isRefused()
    {
        await using TestNode node = await TestNode.StartAsync(0);
        using Socket stranger = await DialAsync(node, IPAddress.Loopback);

        await stranger.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        Assert.True(await IsClosedAsync(stranger));
    }

    [Fact]
    public async Task Handshakes_beyondTheBounds_areTurnedAwayAtOnce()
    {
        await using TestNode node = await TestNode.StartAsync(0, options => options with { HandshakeTimeout = Hang.TimeMax });
        List<Socket> held = [];
        try
        {
            // All of 127.0.0.0/8 is this machine, so several addresses can be played.
            for (int i = 0; i < NetworkLimits.HandshakesMax; i++)
            {
                byte host = (byte)(2 + (i / NetworkLimits.HandshakesPerAddressMax));
                held.Add(await DialAsync(node, new IPAddress([127, 0, 0, host])));
            }
            await Hang.UntilAsync(() => node.Network.Counters.Accepted == NetworkLimits.HandshakesMax, "all slots");

            using Socket oneMore = await DialAsync(node, new IPAddress([127, 0, 0, 99]));
            Assert.True(await IsClosedAsync(oneMore));
            Assert.Equal(1, node.Network.Counters.TurnedAway);

            // As soon as one leaves, an honest peer comes in.
            held[0].Dispose();
            await using TestNode honest = await TestNode.StartAsync(1);
            await honest.DialAsync(node);
        }
        finally
        {
            foreach (Socket socket in held) socket.Dispose();
        }
    }

    [Fact]
    public void Slots_ofOneAddress_areBounded()
    {
        HandshakeSlots slots = new(startsMax: 1_000, startsInAllMax: 1_000, TimeProvider.System);
        IPAddress first = IPAddress.Parse("2001:db8::1");
        IPAddress sameNetwork = IPAddress.Parse("2001:db8::2:1");
        IPAddress other = IPAddress.Parse("2001:db8:0:1::1");
        for (int i = 0; i < NetworkLimits.HandshakesPerAddressMax; i++) Assert.True(slots.TryEnter(i % 2 == 0 ? first : sameNetwork));

        Assert.False(slots.TryEnter(first));
        Assert.False(slots.TryEnter(sameNetwork));
        Assert.True(slots.TryEnter(other));
        slots.Leave(sameNetwork);
        Assert.True(slots.TryEnter(first));
        Assert.True(slots.TryEnter(IPAddress.Parse("::ffff:10.0.0.1")));
    }

    [Fact]
    public void Handshakes_thatOneAddressBegins_areCountedForAWhile()
    {
        ManualTime time = new();
        HandshakeSlots slots = new(startsMax: 3, startsInAllMax: 1_000, time);
        IPAddress first = IPAddress.Parse("10.0.0.1");
        for (int i = 0; i < 3; i++) BeginAndEnd(first, isTaken: true);

        BeginAndEnd(first, isTaken: false);
        BeginAndEnd(IPAddress.Parse("10.0.0.2"), isTaken: true);
        time.Advance(NetworkLimits.HandshakeWindow);
        BeginAndEnd(first, isTaken: true);

        void BeginAndEnd(IPAddress address, bool isTaken)
        {
            Assert.Equal(isTaken, slots.TryEnter(address));
            if (isTaken) slots.Leave(address);
        }
    }

    [Fact]
    public void Handshakes_thatManyAddressesBegin_areCountedTogether()
    {
        ManualTime time = new();
        HandshakeSlots slots = new(startsMax: 3, startsInAllMax: 10, time);
        int taken = 0;
        for (byte host = 1; host <= 20; host++)
        {
            IPAddress address = new([10, 0, 0, host]);
            if (!slots.TryEnter(address)) continue;
            slots.Leave(address);
            taken++;
        }
        Assert.Equal(10, taken);
        time.Advance(NetworkLimits.HandshakeWindow);
        Assert.True(slots.TryEnter(IPAddress.Parse("10.0.0.20")));
    }

    private static async Task<Socket> DialAsync(TestNode node, IPAddress from)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(node.Network.Endpoint);
        return socket;
    }

    private static async Task<bool> IsClosedAsync(Socket socket)
    {
        try
        {
            byte[] buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer).WaitAsync(Hang.TimeMax) > 0) { }
            return true;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
