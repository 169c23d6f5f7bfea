using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking.Tls;
using Chain.Networking.Wire;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Networking.Tests;

/// <summary>The other end of a connection, with no rules of its own.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly SslStream _stream;
    private readonly FrameReader _frames;

    private RawPeer(SslStream stream)
    {
        _stream = stream;
        _frames = new FrameReader(stream);
        _frames.Widen();
    }

    public static Hello Hello(ulong instance = 1) =>
        new(TestNode.ChainId, TestNode.Genesis, "raw", 0, instance, AppVersion: 3, new BlockRange(new Height(7), new Height(70_000)));

    /// <summary>Dials the node up to the end of TLS.</summary>
    public static async Task<RawPeer> DialAsync(
        TestNode node, X509Certificate2? certificate, SslProtocols protocols = SslProtocols.Tls13)
    {
        // Small writes in a row would wait for each other's acknowledgement, 40 ms each time.
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(node.Network.Endpoint);
        SslStream stream = new(new NetworkStream(socket, ownsSocket: true));
        using CancellationTokenSource hang = new(Hang.TimeMax);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "",
                EnabledSslProtocols = protocols,
                ClientCertificateContext = certificate is null ? null : Context(certificate),
                RemoteCertificateValidationCallback = (_, shown, _, _) => NodeIdentity.TryProve(shown, out _, out _),
            },
            hang.Token);
        return new RawPeer(stream);
    }

    /// <summary>Dials the node and is accepted by it.</summary>
    public static async Task<RawPeer> JoinAsync(TestNode node, int keyNumber, ulong instance = 1)
    {
        using PrivateKey key = TestNode.Key(keyNumber);
        using X509Certificate2 certificate = NodeCertificate.Create(key);
        RawPeer peer = await DialAsync(node, certificate);
        await peer.GreetAsync(instance);
        return peer;
    }

    /// <summary>Takes one connection that a node dials, with this certificate, up to the end of TLS.</summary>
    public static async Task<RawPeer> AcceptAsync(Socket listener, X509Certificate2 certificate)
    {
        using CancellationTokenSource hang = new(Hang.TimeMax);
        Socket socket = await listener.AcceptAsync(hang.Token);
        SslStream stream = new(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = Context(certificate),
                ClientCertificateRequired = true,
                EnabledSslProtocols = SslProtocols.Tls13,
                RemoteCertificateValidationCallback = (_, shown, _, _) => NodeIdentity.TryProve(shown, out _, out _),
            },
            hang.Token);
        return new RawPeer(stream);
    }

    /// <summary>A listener on loopback for <see cref="AcceptAsync"/>.</summary>
    public static Socket Listen()
    {
        Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    /// <summary>Hello and accept, as the protocol wants it.</summary>
    public async Task GreetAsync(ulong instance = 1)
    {
        await SendAsync(Hello(instance).ToFrame());
        Assert.Equal(ControlKind.Hello, (await ReadControlAsync())?.Kind);
        await SendAsync(ControlMessage.Accept());
        Assert.Equal(ControlKind.Accept, (await ReadControlAsync())?.Kind);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using CancellationTokenSource hang = new(Hang.TimeMax);
        await _stream.WriteAsync(bytes, hang.Token);
    }

    /// <summary>Sends until the node no longer reads, at most so many times.</summary>
    public async Task FloodAsync(ReadOnlyMemory<byte> bytes, int count)
    {
        try
        {
            for (int i = 0; i < count; i++) await SendAsync(bytes);
        }
        catch (IOException)
        {
            // The node hung up, as it should.
        }
    }

    /// <summary>The next frame, or null when the node closed.</summary>
    public async Task<(FrameHeader Header, byte[] Payload)?> ReadAsync()
    {
        using CancellationTokenSource hang = new(Hang.TimeMax);
        try
        {
            FrameStatus status = await _frames.ReadAsync(hang.Token);
            Assert.NotEqual(FrameStatus.Malformed, status);
            return status == FrameStatus.Frame ? (_frames.Header, _frames.Payload.ToArray()) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The next control message; null when the node closed.</summary>
    public async Task<ControlMessage?> ReadControlAsync()
    {
        while (await ReadAsync() is { } frame)
        {
            if (frame.Header.Channel != FrameHeader.ControlChannel) continue;
            Assert.True(ControlMessage.TryDecode(frame.Payload, out ControlMessage? message, out _));
            return message;
        }
        return null;
    }

    /// <summary>Reads up to the node's last word; <see cref="EndReason.Lost"/> when it closed without one.</summary>
    public async Task<ControlMessage> ReadGoodbyeAsync()
    {
        while (await ReadControlAsync() is { } message)
        {
            if (message.Kind == ControlKind.Goodbye) return message;
        }
        return new ControlMessage(ControlKind.Goodbye);
    }

    public static byte[] Frame(byte channel, ReadOnlySpan<byte> payload, bool isLast = true)
    {
        byte[] frame = new byte[NetworkLimits.FrameHeaderBytes + payload.Length];
        new FrameHeader(payload.Length, channel, isLast).Write(frame);
        payload.CopyTo(frame.AsSpan(NetworkLimits.FrameHeaderBytes));
        return frame;
    }

    /// <summary>All frames of a message one after the other.</summary>
    public static byte[] Frames(Channel channel, byte[] message)
    {
        List<byte> frames = [];
        for (int at = 0; at < message.Length; at += NetworkLimits.FramePayloadMax)
        {
            int length = Math.Min(NetworkLimits.FramePayloadMax, message.Length - at);
            frames.AddRange(Frame((byte)channel, message.AsSpan(at, length), at + length == message.Length));
        }
        return [.. frames];
    }

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();

    private static SslStreamCertificateContext Context(X509Certificate2 certificate) =>
        SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
}
