using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Core;
using Chain.Node.Metrics;
using Chain.Node.Peers;
using Chain.Node.Rpc;
using Microsoft.Extensions.Hosting;

namespace Chain.Node.Hosting;

/// <summary>A running node: the replica, its peers and the RPC server. Owns everything that the composition opened.</summary>
public sealed class ChainNode : BackgroundService, IAsyncDisposable
{
    private readonly NodeCore _core;
    private readonly Replica _replica;
    private readonly PeerService? _peers;
    private readonly RpcServer _rpc;
    private readonly MetricsServer? _metrics;
    private readonly IReadOnlyList<IDisposable> _owned;
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="owned">Disposed in this order once the replica has stopped.</param>
    internal ChainNode(
        NodeCore core, Replica replica, PeerService? peers, RpcServer rpc, MetricsServer? metrics, IReadOnlyList<IDisposable> owned)
    {
        _core = core;
        _replica = replica;
        _peers = peers;
        _rpc = rpc;
        _metrics = metrics;
        _owned = owned;
    }

    /// <summary>Where the RPC server listens, once started.</summary>
    public IPEndPoint RpcEndpoint => _rpc.Endpoint;

    /// <summary>Where peers connect; null for a node without peers.</summary>
    public IPEndPoint? PeerEndpoint => _peers?.Endpoint;

    /// <summary>Where metrics and health are served; null where they are not.</summary>
    public IPEndPoint? MetricsEndpoint => _metrics?.Endpoint;

    public ChainTip Tip => _core.Tip;

    /// <summary>Completes when the replica ends: with null when it was asked to, else with what stopped it.</summary>
    public Task<Exception?> Ended => _ended.Task;

    /// <summary>Opens the RPC server and the peer network, then lets the replica run.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _rpc.StartAsync(cancellationToken).ConfigureAwait(false);
        if (_metrics is not null) await _metrics.StartAsync(cancellationToken).ConfigureAwait(false);
        if (_peers is not null) await _peers.StartAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_metrics is not null) await _metrics.DisposeAsync().ConfigureAwait(false);
        await _rpc.DisposeAsync().ConfigureAwait(false);
        if (_peers is not null) await _peers.DisposeAsync().ConfigureAwait(false);
        foreach (IDisposable part in _owned) part.Dispose();
        Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The replica begins with real work; the caller must not wait for it.
        await Task.Yield();
        try
        {
            Task replica = _replica.RunAsync(_core, stoppingToken);
            Task peers = FollowPeersAsync(stoppingToken);
            await await Task.WhenAny(replica, peers).ConfigureAwait(false);
            // Peers end with the token; the replica finishes its block with them still connected.
            await replica.ConfigureAwait(false);
            _ended.TrySetResult(null);
        }
#pragma warning disable CA1031 // Whatever it is, it stops the node; NodeHost turns it into an exit code and a text.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _ended.TrySetResult(fault);
        }
    }

    private async Task FollowPeersAsync(CancellationToken cancellation)
    {
        try
        {
            await (_peers?.RunAsync(cancellation) ?? Task.Delay(Timeout.Infinite, cancellation)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // As asked.
        }
    }
}
