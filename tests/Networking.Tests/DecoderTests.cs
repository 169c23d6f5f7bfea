using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking.Tests.Hostile;
using Chain.Networking.Tls;
using Chain.Networking.Wire;
using Chain.Primitives.Crypto;
using PublicKey = Chain.Primitives.Crypto.PublicKey;

namespace Chain.Networking.Tests;

/// <summary>No bytes make a decoder throw, and whatever it takes it writes the same way again.</summary>
public sealed class DecoderTests
{
    private readonly Random _random = new(Mutations.Seed);

    [Fact]
    public void ControlMessage_mutated_neverThrowsAndIsCanonical()
    {
        byte[][] samples =
        [
            RawPeer.Hello(instance: ulong.MaxValue).ToFrame(),
            ControlMessage.Accept(),
            ControlMessage.Goodbye(EndReason.WrongChain, "this node is on another chain"),
            ControlMessage.Ping(300),
            ControlMessage.Pong(70_000),
            ControlMessage.CreditOf(Channel.Blocks, 1_000_000),
        ];
        int taken = 0;
        for (int i = 0; i < Mutations.Count; i++)
        {
            byte[] payload = Mutations.Mutate(_random, samples[i % samples.Length].AsSpan(NetworkLimits.FrameHeaderBytes));
            if (!ControlMessage.TryDecode(payload, out ControlMessage? message, out _)) continue;
            taken++;
            Assert.True(
                Encode(message!).AsSpan(NetworkLimits.FrameHeaderBytes).SequenceEqual(payload),
                $"CHAIN_TEST_SEED={Mutations.Seed}, input {i}: {Convert.ToHexString(payload)}");
        }
        Assert.True(taken > 0);
    }

    [Fact]
    public void FrameHeader_anyBytes_isCanonical()
    {
        Span<byte> bytes = stackalloc byte[NetworkLimits.FrameHeaderBytes];
        Span<byte> written = stackalloc byte[NetworkLimits.FrameHeaderBytes];
        for (int i = 0; i < Mutations.Count; i++)
        {
            _random.NextBytes(bytes);
            if (i % 2 == 0) (bytes[2], bytes[3]) = ((byte)_random.Next(8), (byte)_random.Next(2));
            if (!FrameHeader.TryRead(bytes, out FrameHeader header)) continue;
            header.Write(written);
            Assert.True(written.SequenceEqual(bytes));
            Assert.InRange(header.PayloadBytes, 1, NetworkLimits.FramePayloadMax);
        }
    }

    [Fact]
    public void NodeIdentity_mutated_neverThrowsAndIsCanonical()
    {
        using PrivateKey key = TestNode.Key(0);
        byte[] sample = NodeIdentity.Sign(key, "a key"u8).Encode();
        for (int i = 0; i < Mutations.Count; i++)
        {
            byte[] mutated = Mutations.Mutate(_random, sample);
            if (!NodeIdentity.TryDecode(mutated, out NodeIdentity? identity, out _)) continue;
            Assert.Equal(mutated, identity!.Encode());
        }
    }

    [Fact]
    public void Certificate_mutated_provesNothingElseAndNeverThrows()
    {
        using PrivateKey key = TestNode.Key(0);
        using X509Certificate2 certificate = NodeCertificate.Create(key);
        byte[] sample = certificate.RawData;

        // Each costs the platform's parser some microseconds.
        for (int i = 0; i < Mutations.Count / 10; i++)
        {
            byte[] mutated = Mutations.Mutate(_random, sample);
            X509Certificate2 parsed;
            try
            {
                parsed = X509CertificateLoader.LoadCertificate(mutated);
            }
            catch (System.Security.Cryptography.CryptographicException)
            {
                // .NET's own parser refuses it before we are asked.
                continue;
            }
            using (parsed)
            {
                if (NodeIdentity.TryProve(parsed, out PublicKey proven, out _)) Assert.Equal(key.PublicKey, proven);
            }
        }
    }

    [Fact]
    public void PeerAddress_mutated_neverThrowsAndParsesWhatItPrints()
    {
        byte[] sample = Encoding.UTF8.GetBytes("00112233445566778899aabbccddeeff00112233@[::1]:26656");
        for (int i = 0; i < Mutations.Count; i++)
        {
            string text = Encoding.Latin1.GetString(Mutations.Mutate(_random, sample));
            if (!PeerAddress.TryParse(text, out PeerAddress? address, out string error))
            {
                Assert.NotEmpty(error);
                continue;
            }
            Assert.True(PeerAddress.TryParse(address!.ToString(), out PeerAddress? again, out error), $"{text}: {error}");
            Assert.Equal(address, again);
        }
    }

    [Fact]
    public async Task FrameReader_mutatedStreams_neverThrows()
    {
        byte[] sample =
        [
            .. ControlMessage.Ping(1),
            .. RawPeer.Frame((byte)Channel.Votes, new byte[200]),
            .. RawPeer.Frames(Channel.Blocks, new byte[40_000]),
            .. ControlMessage.CreditOf(Channel.Blocks, 5),
        ];
        for (int i = 0; i < Mutations.Count / 10; i++)
        {
            using MemoryStream stream = new(Mutations.Mutate(_random, sample));
            FrameReader reader = new(stream);
            reader.Widen();
            while (await reader.ReadAsync(CancellationToken.None) == FrameStatus.Frame)
            {
                Assert.Equal(reader.Header.PayloadBytes, reader.Payload.Length);
            }
        }
    }

    private static byte[] Encode(ControlMessage message) => message.Kind switch
    {
        ControlKind.Hello => message.Hello!.ToFrame(),
        ControlKind.Accept => ControlMessage.Accept(),
        // Ours are cut and cleaned before; here the text goes back as it came.
        ControlKind.Goodbye => ControlMessage.Frame((ref writer) => writer
            .Array(4).UInt(ControlMessage.ProtocolVersion).UInt((ulong)ControlKind.Goodbye).UInt((ulong)message.Reason).Str(message.Text)),
        ControlKind.Ping => ControlMessage.Ping(message.Number),
        ControlKind.Pong => ControlMessage.Pong(message.Number),
        _ => ControlMessage.CreditOf(message.Channel, message.Credit),
    };
}
