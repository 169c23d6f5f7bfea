using System.Collections.Generic;
using Chain.Networking;
using Chain.Node.Metrics;
using Chain.Node.Snapshots;

namespace Chain.Node.Hosting;

/// <summary>What a node tells those who watch it while it has no state: it lives, it is not ready, and how far the snapshot has come.</summary>
internal sealed class SyncingMetrics(string chainId, StateSync sync, PeerNetwork network, int peersToDial) : INodeHealth
{
    public IReadOnlyList<(string Check, string WhyNot)> Live => [("statesync", "")];

    public IReadOnlyList<(string Check, string WhyNot)> Ready =>
    [
        ("statesync", $"the node begins from a snapshot: {sync.Progress}"),
        ("peers", network.Peers.Count == 0 ? $"none of the {peersToDial} configured peers is connected" : ""),
    ];

    public string Page()
    {
        MetricsText text = new(chainId);
        SyncProgress progress = sync.Progress;
        text.Gauge("cometbft_statesync_syncing", "1 while a node that begins from a snapshot fetches it.", 1);
        text.Gauge("cometbft_blocksync_syncing", "1 while blocks that others decided are fetched.", 0);
        text.Gauge("cometbft_consensus_latest_block_height", "Newest block.", 0);
        text.Gauge("chain_statesync_height", "Height of the snapshot that is fetched; 0 while none is chosen.", progress.Height?.Value ?? 0);
        text.Gauge("chain_statesync_chunks", "Chunks of that snapshot.", progress.Chunks);
        text.Gauge("chain_statesync_chunks_here", "Those that are verified and on the disk.", progress.ChunksHere);
        IReadOnlyList<PeerInfo> connected = network.Peers;
        text.Gauge("cometbft_p2p_peers", "Connected peers.", connected.Count);
        PeerMetrics.Write(text, connected, network.Counters);
        ProcessMetrics.Write(text, ProductVersion.Text);
        return text.ToString();
    }
}
