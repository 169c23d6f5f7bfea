using System;
using System.Collections.Generic;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking.Connections;
using Chain.Networking.Dialing;
using Chain.Networking.Listening;
using Chain.Networking.Tls;
using Chain.Networking.Wire;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Microsoft.Extensions.Logging;

namespace Chain.Networking;

/// <summary>
/// Authenticated connections to peers: listens, dials, and hands messages to the handler. Knows keys, channels and bytes, and
/// nothing of what they mean. Safe for many threads.
/// </summary>
public sealed class PeerNetwork : IAsyncDisposable
{
    /// <summary>How often idle and dead links are looked for, as a share of <see cref="PeerNetworkOptions.PingAfter"/>.</summary>
    private const int TicksPerPing = 4;

    private readonly NetworkContext _network;
    private readonly TaskSet _tasks = new();
    private readonly CancellationTokenSource _stopping = new();
    private Listener? _listener;
    private Dialer? _dialer;
    private int _hasStopped;

    public PeerNetwork(PeerNetworkOptions options, IAdmission admission, IPeerHandler handler, TimeProvider time, ILogger log)
    {
        Invariant.Holds(Encoding.UTF8.GetByteCount(options.ChainId) <= Limits.ChainIdBytesMax, "a chain id is short");
        Invariant.Holds(Encoding.UTF8.GetByteCount(options.Version) <= NetworkLimits.VersionBytesMax, "a version is short");
        NodeId = options.NodeKey.PublicKey.Address;
        TimeSpan raceTime = options.ConnectTimeout + options.HandshakeTimeout;
        _network = new NetworkContext(
            options,
            NodeId,
            admission,
            handler,
            new TlsSettings(NodeCertificate.Create(options.NodeKey)),
            new ScoreBook(options.BanMin, options.BanMax, time),
            new PeerTable(NodeId, options.PeersMax, options.GuestsMax, id => admission.HasPlace(id), raceTime, time),
            new CounterSet(),
            time,
            log);
    }

    /// <summary>Our own id: the address of the node key.</summary>
    public Address NodeId { get; }

    /// <summary>Where we listen, with the real port. Only after the start.</summary>
    public IPEndPoint Endpoint
    {
        get
        {
            Invariant.Holds(_listener is not null, "the network was started");
            return _listener.Endpoint;
        }
    }

    /// <summary>The connected peers by id.</summary>
    public IReadOnlyList<PeerInfo> Peers
    {
        get
        {
            List<PeerInfo> peers = [];
            foreach (PeerConnection connection in _network.Table.All)
            {
                if (!connection.HasEnded) peers.Add(connection.Describe());
            }
            return peers;
        }
    }

    public NetworkCounters Counters => _network.Counters.Read();

    /// <summary>Listens and begins to dial. To be called once.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The listen address is taken or not ours.</exception>
    public Task StartAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Invariant.Holds(_listener is null, "a network starts once");
        PeerNetworkOptions options = _network.Options;
        _listener = new Listener(options.Listen, new HandshakeSlots(options.HandshakesPerAddress, options.HandshakesInAll, _network.Time));
        ulong instance = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        Hello hello = new(
            options.ChainId,
            options.GenesisHash,
            options.Version,
            (ushort)_listener.Endpoint.Port,
            instance,
            options.AppVersion,
            default);
        Handshaker handshaker = new(_network, hello);
        _dialer = new Dialer(_network, handshaker, Begin, _tasks, _stopping.Token);
        string name = Hex.Lower(NodeId.Span);
        NetworkLog.Listening(_network.Log, _listener.Endpoint, name);
        _tasks.TryRun(() => _listener.RunAsync(_network, handshaker, Begin, _tasks, _stopping.Token));
        _tasks.TryRun(TickAsync);
        _dialer.SetTargets(options.Dial);
        return Task.CompletedTask;
    }

    /// <summary>From now on these are dialled, and no others. Connections stay. Our own id is left out.</summary>
    public void SetDialTargets(IReadOnlyList<PeerAddress> targets)
    {
        Invariant.Holds(_dialer is not null, "the network was started");
        if (!_stopping.IsCancellationRequested) _dialer.SetTargets(targets);
    }

    /// <summary>Ends the connections of keys that are no longer admitted. To be called when grants, seats or the operator's list changed.</summary>
    public void RecheckAdmission()
    {
        foreach (PeerConnection connection in _network.Table.All) EndUnlessAdmitted(connection);
    }

    /// <summary>Tells all peers goodbye, and returns once every handler was told of the end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _hasStopped, 1) != 0) return;
        _network.Table.Stop();
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (PeerConnection connection in _network.Table.All)
        {
            connection.End(EndReason.Stopping, "this node stops", tellsPeer: true);
        }
        await _tasks.CloseAsync().ConfigureAwait(false);
        _listener?.Dispose();
        _dialer?.Dispose();
        _network.Tls.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Sets a new connection going, after the one whose place it takes.</summary>
    private void Begin(Handshake handshake)
    {
        if (handshake.Connection is not { } connection) return;
        _network.Counters.Connected();
        handshake.Replaced?.End(EndReason.Duplicate, "a newer connection takes its place", tellsPeer: true);
        Task previous = handshake.Replaced?.Completion ?? Task.CompletedTask;
        bool isRunning = _tasks.TryRun(async () =>
        {
            await connection.RunAsync(previous).ConfigureAwait(false);
            connection.Dispose();
        });
        Invariant.Holds(isRunning, "a handshake runs in the set as well");

        // A recheck between judging the hello and joining the table saw neither: so the question once more.
        EndUnlessAdmitted(connection);
    }

    private void EndUnlessAdmitted(PeerConnection connection)
    {
        if (_network.MayConnect(connection.Id, connection.Direction)) return;
        connection.End(EndReason.NotAdmitted, "the node key is no longer admitted", tellsPeer: true);
    }

    private async Task TickAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_network.Options.PingAfter / TicksPerPing, _network.Time, _stopping.Token).ConfigureAwait(false);
                foreach (PeerConnection connection in _network.Table.All) connection.Tick();
            }
        }
        catch (OperationCanceledException)
        {
            // The network stops.
        }
    }
}
