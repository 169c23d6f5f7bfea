using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Rpc;
using Chain.StateMachine.Store;

namespace Chain.Node.Peers;

/// <summary>The node's peer network, kept true to the chain: who is no longer admitted after a block is cut off.</summary>
public sealed class PeerService(
    PeerNetwork network, NodeAdmission admission, NodeCore core, IStateReader state, BlockFeed feed, DevClock? devClock)
    : IAsyncDisposable
{
    public IPEndPoint Endpoint => network.Endpoint;

    public IReadOnlyList<PeerInfo> Peers => network.Peers;

    public NetworkCounters Counters => network.Counters;

    /// <summary>Listens and dials.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        admission.Refresh(state, core.Tip);
        try
        {
            await network.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new IOException($"the peer address cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Follows the chain until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            ChainTip tip = core.Tip;
            devClock?.CatchUp();
            if (admission.Refresh(state, tip)) network.RecheckAdmission();
            await feed.WaitBeyondAsync(tip.Height, cancellation).ConfigureAwait(false);
            // While blocks come by the hundred, reading all seats after each of them would take more time than they do.
            await Task.Delay(PeerLimits.TickMs, cancellation).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => network.DisposeAsync();
}
