using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking.Connections;

namespace Chain.Networking.Dialing;

/// <summary>Keeps a connection to each of its targets: one loop each, which dials whenever there is none.</summary>
internal sealed class Dialer : IDisposable
{
    /// <summary>A connection that held for so many first waits begins the next row of attempts anew.</summary>
    private const int HeldWaits = 10;

    private readonly NetworkContext _network;
    private readonly Handshaker _handshaker;
    private readonly Action<Handshake> _start;
    private readonly TaskSet _tasks;
    private readonly CancellationToken _stopping;
    private readonly SemaphoreSlim _slots = new(NetworkLimits.DialsMax);
    private readonly Random _random;
    private readonly Lock _gate = new();
    private readonly Dictionary<PeerAddress, CancellationTokenSource> _targets = [];

    public Dialer(
        NetworkContext network, Handshaker handshaker, Action<Handshake> start, TaskSet tasks, CancellationToken stopping)
    {
        _network = network;
        _handshaker = handshaker;
        _start = start;
        _tasks = tasks;
        _stopping = stopping;
        _random = new Random(network.Options.JitterSeed ?? BitConverter.ToInt32(network.Id.Span[..4]));
    }

    /// <summary>Starts and stops loops so that exactly these are dialled. Connections stay as they are.</summary>
    public void SetTargets(IReadOnlyList<PeerAddress> targets)
    {
        lock (_gate)
        {
            HashSet<PeerAddress> wanted = [.. targets];
            foreach (PeerAddress old in new List<PeerAddress>(_targets.Keys))
            {
                if (wanted.Contains(old)) continue;
                _targets.Remove(old, out CancellationTokenSource? loop);
                loop!.Cancel();
            }
            foreach (PeerAddress target in targets)
            {
                bool isNew = target.Id != _network.Id && !_targets.ContainsKey(target);
                if (!isNew || _targets.Count >= NetworkLimits.DialTargetsMax) continue;
                CancellationTokenSource loop = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
                _targets.Add(target, loop);
                if (!_tasks.TryRun(() => RunAsync(target, loop))) loop.Dispose();
            }
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task RunAsync(PeerAddress target, CancellationTokenSource loop)
    {
        Backoff backoff = new(_network.Options.ReconnectMin, _network.Options.ReconnectMax, Draw);
        string lastFailure = "";
        try
        {
            while (true)
            {
                if (_network.Table.Find(target.Id) is { } connection)
                {
                    lastFailure = "";
                    await connection.Completion.WaitAsync(loop.Token).ConfigureAwait(false);
                    bool hasHeld = _network.Time.GetElapsedTime(connection.CreatedAt) >= _network.Options.ReconnectMin * HeldWaits;
                    if (hasHeld) backoff.Reset();
                }
                else
                {
                    Handshake handshake = await DialAsync(target, loop.Token).ConfigureAwait(false);
                    _start(handshake);
                    if (handshake.Connection is not null) continue;
                    _network.Counters.Refused(handshake.Reason);
                    lastFailure = LogFailure(target, handshake, lastFailure);
                }
                TimeSpan wait = backoff.Next();
                TimeSpan ban = _network.Scores.BanLeft(target.Id);
                await Task.Delay(ban > wait ? ban : wait, _network.Time, loop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The target was taken off the list, or the network stops.
        }
        finally
        {
            loop.Dispose();
        }
    }

    private async Task<Handshake> DialAsync(PeerAddress target, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _network.Counters.Dialled();
            Socket? socket = null;
            try
            {
                // Fails as well, when there are no file handles left: the next attempt may find some.
                socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                using CancellationTokenSource timeout = new(_network.Options.ConnectTimeout, _network.Time);
                using CancellationTokenSource bound = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
                await socket.ConnectAsync(target.Host, target.Port, bound.Token).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException)
            {
                socket?.Dispose();
                cancellation.ThrowIfCancellationRequested();
                return Handshake.Failed(EndReason.Unreachable, fault is SocketException ? fault.Message : "no answer in time");
            }
            return await _handshaker.RunAsync(socket, target.Id, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Once for each reason: a peer that is down for a day does not fill the log.</summary>
    private string LogFailure(PeerAddress target, Handshake handshake, string lastFailure)
    {
        string failure = $"{handshake.Reason}, {handshake.Detail}";
        bool isNews = failure != lastFailure && handshake.Reason is not (EndReason.Duplicate or EndReason.Stopping);
        if (isNews) NetworkLog.DialFailed(_network.Log, target.ToString(), handshake.Reason, handshake.Detail);
        return failure;
    }

    private double Draw()
    {
        lock (_random) return _random.NextDouble();
    }
}
