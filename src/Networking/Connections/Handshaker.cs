using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking.Tls;
using Chain.Networking.Wire;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using PublicKey = Chain.Primitives.Crypto.PublicKey;

namespace Chain.Networking.Connections;

/// <summary>
/// From a TCP connection to a peer: TLS with both certificates, hello from both, then each side accepts or says why not. A
/// connection counts once both have accepted.
/// </summary>
internal sealed class Handshaker
{
    private readonly NetworkContext _network;
    private readonly Hello _hello;

    /// <param name="hello">Ours, but for the blocks, which are asked for each time.</param>
    public Handshaker(NetworkContext network, Hello hello)
    {
        _network = network;
        _hello = hello;
    }

    /// <summary>Takes over the socket. Throws nothing; bounded by the handshake timeout.</summary>
    /// <param name="expected">Whom we dialled; null for one who dialled us.</param>
    public async Task<Handshake> RunAsync(Socket socket, Address? expected, CancellationToken cancellation)
    {
        using CancellationTokenSource timeout = new(_network.Options.HandshakeTimeout, _network.Time);
        using CancellationTokenSource bound = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        PeerJudge judge = new(expected);
        SslStream? stream = null;
        Handshake? result = null;
        try
        {
            SocketTuning.Apply(socket);
            stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await AuthenticateAsync(stream, judge, isServer: expected is null, bound.Token).ConfigureAwait(false);
            result = await GreetAsync(socket, stream, judge, bound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            result = cancellation.IsCancellationRequested
                ? Handshake.Failed(EndReason.Stopping, "this node stops")
                : Handshake.Failed(EndReason.TooSlow, "the handshake took too long");
        }
        catch (Exception fault) when (fault is AuthenticationException or CryptographicException)
        {
            result = Handshake.Failed(EndReason.BadCertificate, judge.WhyNot ?? fault.InnerException?.Message ?? fault.Message);
        }
        catch (Exception fault) when (fault is IOException or SocketException or InvalidOperationException)
        {
            result = Handshake.Failed(EndReason.Lost, fault.InnerException?.Message ?? fault.Message);
        }
        catch (Exception fault)
        {
            // A fault of ours ends this attempt, and not the loop that dials.
            NetworkLog.HandshakeFaulted(_network.Log, fault);
            result = Handshake.Failed(EndReason.Internal, fault.Message);
        }
        finally
        {
            if (result?.Connection is null)
            {
                if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
                socket.Dispose();
            }
        }
        return result;
    }

    private async Task AuthenticateAsync(SslStream stream, PeerJudge judge, bool isServer, CancellationToken cancellation)
    {
        if (isServer)
        {
            await stream.AuthenticateAsServerAsync(_network.Tls.Server(judge.Judge), cancellation).ConfigureAwait(false);
        }
        else
        {
            await stream.AuthenticateAsClientAsync(_network.Tls.Client(judge.Judge), cancellation).ConfigureAwait(false);
        }
    }

    private async Task<Handshake> GreetAsync(Socket socket, SslStream stream, PeerJudge judge, CancellationToken cancellation)
    {
        Address id = judge.NodeKey.Address;
        PeerDirection direction = judge.Expected is null ? PeerDirection.Inbound : PeerDirection.Outbound;
        FrameReader frames = new(stream);
        Hello hello = _hello with { Blocks = _network.Options.Blocks() };
        await stream.WriteAsync(hello.ToFrame(), cancellation).ConfigureAwait(false);

        (ControlMessage? first, EndReason reason, string detail) = await ReadAsync(frames, cancellation).ConfigureAwait(false);
        if (first?.Kind == ControlKind.Goodbye) return Handshake.Failed(first.Reason, $"said by the peer: {first.Text}");
        if (first is not null) (reason, detail) = Judge(id, direction, first.Hello);
        if (reason == EndReason.Lost) return Handshake.Failed(reason, detail);
        if (reason != EndReason.None) return await RefuseAsync(socket, stream, id, direction, reason, detail).ConfigureAwait(false);

        await stream.WriteAsync(ControlMessage.Accept(), cancellation).ConfigureAwait(false);
        (ControlMessage? second, reason, detail) = await ReadAsync(frames, cancellation).ConfigureAwait(false);
        if (second?.Kind == ControlKind.Goodbye) return Handshake.Failed(second.Reason, $"said by the peer: {second.Text}");
        if (second is { Kind: not ControlKind.Accept }) (reason, detail) = (EndReason.Fault, $"{second.Kind} instead of accept");
        if (reason == EndReason.Lost) return Handshake.Failed(reason, detail);
        if (reason != EndReason.None) return await RefuseAsync(socket, stream, id, direction, reason, detail).ConfigureAwait(false);

        IPEndPoint raw = (IPEndPoint)socket.RemoteEndPoint!;
        IPEndPoint endpoint = raw.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(raw.Address.MapToIPv4(), raw.Port) : raw;
        PeerConnection connection = new(new Session(socket, stream, frames, id, first!.Hello!, direction, endpoint), _network);
        reason = _network.Table.TryJoin(connection, out PeerConnection? replaced);
        if (reason == EndReason.None) return new Handshake(connection, replaced, EndReason.None, "");
        Handshake refusal = await RefuseAsync(socket, stream, id, direction, reason, Explain(reason)).ConfigureAwait(false);
        connection.Dispose();
        return refusal;
    }

    private (EndReason Reason, string Detail) Judge(in Address id, PeerDirection direction, Hello? hello)
    {
        if (hello is null) return (EndReason.Fault, "something else instead of hello");
        if (hello.ChainId != _hello.ChainId) return (EndReason.WrongChain, $"this node is on chain {_hello.ChainId}, not {hello.ChainId}");
        if (hello.GenesisHash != _hello.GenesisHash)
        {
            return (EndReason.WrongGenesis, $"this node's genesis hash is {_hello.GenesisHash}, not {hello.GenesisHash}");
        }
        if (id == _network.Id) return (EndReason.Self, "both ends have the same node key");
        if (!_network.MayConnect(id, direction)) return (EndReason.NotAdmitted, $"node key {Hex.Lower(id.Span)} is not admitted");
        TimeSpan ban = _network.Scores.BanLeft(id);
        if (ban > TimeSpan.Zero) return (EndReason.Banned, $"for {(int)ban.TotalSeconds + 1} s more");
        EndReason reason = _network.Table.Judge(id, direction, hello.Instance);
        return (reason, Explain(reason));
    }

    private async Task<Handshake> RefuseAsync(
        Socket socket, SslStream stream, Address id, PeerDirection direction, EndReason reason, string detail)
    {
        // Keys that are not admitted cost nothing to make, so they are not remembered.
        bool isScored = reason == EndReason.Fault && _network.MayConnect(id, direction);
        if (isScored && _network.Scores.Report(id, PeerFault.Malformed)) _network.Counters.Banned();
        await Farewell.RefuseAsync(stream, socket, ControlMessage.Goodbye(reason, detail), _network.Time).ConfigureAwait(false);
        return Handshake.Failed(reason, detail);
    }

    private static async ValueTask<(ControlMessage? Message, EndReason Reason, string Detail)> ReadAsync(
        FrameReader frames, CancellationToken cancellation)
    {
        FrameStatus status = await frames.ReadAsync(cancellation).ConfigureAwait(false);
        if (status == FrameStatus.Closed) return (null, EndReason.Lost, "closed by the peer");
        bool isControl = status == FrameStatus.Frame && frames.Header.Channel == FrameHeader.ControlChannel;
        if (!isControl) return (null, EndReason.Fault, "no hello");
        if (ControlMessage.TryDecode(frames.Payload.Span, out ControlMessage? message, out DecodeError error))
        {
            return (message, EndReason.None, "");
        }
        return error.Code == DecodeCode.Unknown
            ? (null, EndReason.WrongProtocol, $"this node speaks version {ControlMessage.ProtocolVersion} of the protocol")
            : (null, EndReason.Fault, $"hello: {error}");
    }

    private static string Explain(EndReason reason) => reason switch
    {
        EndReason.None => "",
        EndReason.Duplicate => "another connection of the two nodes stays",
        EndReason.TooManyPeers => "this node has as many peers as it may",
        EndReason.Stopping => "this node stops",
        _ => reason.ToString(),
    };

    /// <summary>The only judge of a certificate. SslStream's own opinion (names, dates, issuers) is not asked.</summary>
    private sealed class PeerJudge(Address? expected)
    {
        public Address? Expected => expected;

        public PublicKey NodeKey { get; private set; }

        public string? WhyNot { get; private set; }

        public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            bool isProven = NodeIdentity.TryProve(certificate, out PublicKey nodeKey, out string whyNot);
            if (isProven && expected is { } dialled && nodeKey.Address != dialled)
            {
                whyNot = $"another node answers there: {Hex.Lower(nodeKey.Address.Span)}";
                isProven = false;
            }
            NodeKey = nodeKey;
            WhyNot = isProven ? null : whyNot;
            return isProven;
        }
    }
}
