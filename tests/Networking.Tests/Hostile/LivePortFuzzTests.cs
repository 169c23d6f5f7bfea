using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking.Tls;
using Chain.Networking.Wire;
using Chain.Primitives.Crypto;

namespace Chain.Networking.Tests.Hostile;

/// <summary>Admitted keys send damaged frames to a running node, while an honest peer goes on.</summary>
public sealed class LivePortFuzzTests(ITestOutputHelper output)
{
    private const int Honest = 1;
    private const int AttackerCount = 3;
    private const int FirstAttacker = 20;
    private const int BatchFrames = 16;

    private long _mutated;
    private long _connections;
    private long _highestHeld;
    private long _slowestMs;

    [Fact]
    public async Task Frames_mutated_harmNobodyElse()
    {
        // Bans are as short as can be, or the attackers would wait most of the time.
        TestHandler echo = new()
        {
            OnMessage = (peer, channel, message, _) =>
            {
                if (channel == Channel.Votes) peer.TrySend(channel, message);
                return ValueTask.CompletedTask;
            },
            Keeps = static peer => peer.Id == TestNode.IdOf(Honest),
        };
        await using TestNode node = await TestNode.StartAsync(
            0, options => options with { BanMin = TimeSpan.FromTicks(1), BanMax = TimeSpan.FromTicks(1) }, echo);
        await using TestNode honest = await TestNode.StartAsync(Honest);
        IPeer peer = await honest.DialAsync(node);
        IPeer peerAtNode = node.PeerOf(honest)!;

        using CancellationTokenSource ending = new();
        Task<int> talking = TalkAsync(honest, peer, ending.Token);
        Task watching = WatchAsync(node, ending.Token);
        await Task.WhenAll(Enumerable.Range(0, AttackerCount).Select(i => AttackAsync(node, i)));
        await ending.CancelAsync();

        int answered = await talking;
        await watching;
        Assert.True(answered > 0);
        Assert.True(node.Network.Counters.Bans > 0);
        Assert.True(node.IsConnectedTo(honest));
        Assert.Same(peerAtNode, node.PeerOf(honest));
        Assert.Equal(0, node.Network.Counters.Ended[(int)EndReason.Internal]);
        long windows = Enumerable.Range(1, NetworkLimits.ChannelMax).Sum(i => (long)NetworkLimits.For((Channel)i).WindowBytes);
        Assert.InRange(_highestHeld, 0, windows);
        output.WriteLine(
            $"CHAIN_TEST_SEED={Mutations.Seed}: {_mutated} mutated frames on {_connections} connections; the honest peer got {answered} "
            + $"answers, the slowest after {_slowestMs} ms; at most {_highestHeld} bytes held for one peer; {node.Network.Counters.Bans} bans; "
            + $"{GC.GetTotalMemory(forceFullCollection: true)} bytes of managed memory and {Environment.WorkingSet} in all at the end");
    }

    private async Task AttackAsync(TestNode node, int number)
    {
        Random random = new((Mutations.Seed * 100) + number);
        using PrivateKey key = TestNode.Key(FirstAttacker + number);
        using X509Certificate2 certificate = NodeCertificate.Create(key);
        while (Interlocked.Read(ref _mutated) < Mutations.LiveCount)
        {
            Interlocked.Increment(ref _connections);
            try
            {
                await using RawPeer raw = await RawPeer.DialAsync(node, certificate);

                // One in eight attacks the hello itself.
                if (random.Next(8) == 0) await SendLastAsync(raw, Mutations.Mutate(random, RawPeer.Hello().ToFrame()));
                else await raw.GreetAsync((ulong)random.NextInt64());
                while (await SendBatchAsync(raw, random)) { }
            }
            catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException or Xunit.Sdk.XunitException)
            {
                // The node hung up, or said goodbye instead of hello: the next connection goes on.
            }
        }
    }

    /// <summary>
    /// Frames with damaged payloads, which the connection survives as long as they make no message too long; true when it did.
    /// Now and then a damaged header or control message, which ends the connection at once or by what follows.
    /// </summary>
    private async Task<bool> SendBatchAsync(RawPeer raw, Random random)
    {
        List<byte> batch = [];
        for (int i = 0; i < BatchFrames; i++)
        {
            byte[] frame = Sample(random);
            byte[] payload = Mutations.Mutate(random, frame.AsSpan(NetworkLimits.FrameHeaderBytes));
            if (payload.Length is 0 or > NetworkLimits.FramePayloadMax) payload = [1];
            Interlocked.Increment(ref _mutated);
            batch.AddRange(RawPeer.Frame(frame[2], payload));
        }
        await raw.SendAsync(batch.ToArray());
        if (random.Next(2) == 0)
        {
            await SendLastAsync(raw, Mutations.Mutate(random, SampleOfAll(random)));
            return false;
        }

        // Its answer shows that all before was judged.
        await raw.SendAsync(ControlMessage.Ping(1));
        return await raw.ReadControlAsync() is { Kind: not ControlKind.Goodbye };
    }

    /// <summary>
    /// Whatever length the damaged frame announces, the zeros behind it fill it and then are no frame: so the node has judged all.
    /// </summary>
    private async Task SendLastAsync(RawPeer raw, byte[] damaged)
    {
        Interlocked.Increment(ref _mutated);
        await raw.SendAsync(damaged);
        await raw.FloodAsync(new byte[2 * NetworkLimits.FrameBytesMax], 1);
        await raw.ReadGoodbyeAsync();
    }

    private static byte[] SampleOfAll(Random random) => random.Next(5) switch
    {
        0 => ControlMessage.Ping((ulong)random.Next()),
        1 => ControlMessage.CreditOf(Channel.Votes, random.Next(1, 1_000)),
        2 => RawPeer.Frame((byte)Channel.Blocks, new byte[NetworkLimits.FramePayloadMax], isLast: false),
        3 => RawPeer.Hello().ToFrame(),
        _ => Sample(random),
    };

    private static byte[] Sample(Random random) =>
        RawPeer.Frame((byte)random.Next(2, NetworkLimits.ChannelMax + 1), new byte[random.Next(1, 400)]);

    /// <summary>Votes there and back, one after the other, until the attack is over.</summary>
    private async Task<int> TalkAsync(TestNode honest, IPeer peer, CancellationToken cancellation)
    {
        int answered = 0;
        while (!cancellation.IsCancellationRequested)
        {
            byte[] vote = BitConverter.GetBytes(answered);
            long asked = Stopwatch.GetTimestamp();
            Assert.True(peer.TrySend(Channel.Votes, vote));
            Received received = await honest.Handler.NextAsync();
            Assert.Equal(vote, received.Message.ToArray());
            answered++;
            _slowestMs = Math.Max(_slowestMs, (long)Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            // Busier, it would take the processor from the attackers.
            await Task.Delay(1, CancellationToken.None);
        }
        return answered;
    }

    private async Task WatchAsync(TestNode node, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            IReadOnlyList<PeerInfo> peers = node.Network.Peers;
            foreach (PeerInfo peer in peers)
            {
                long held = peer.Channels.Sum(channel => channel.ReceiveHeldBytes);
                if (held > _highestHeld) _highestHeld = held;
            }
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
