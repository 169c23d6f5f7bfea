using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Chain.Consensus.Light;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Keys;
using Chain.Node.Metrics;
using Chain.Node.Peers;
using Chain.Node.Rpc;
using Chain.Node.Snapshots;
using Chain.Node.Storage.Rocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Hosting;

/// <summary>
/// What comes before a node that is told to begin from a snapshot: its network alone, until the store holds one. Then the node
/// opens as if it had always stood there.
/// </summary>
internal static class StateSyncRun
{
    /// <summary>
    /// Does nothing where the configuration does not ask for it, or there is a state already. Meanwhile the RPC server says who the
    /// node is and that it catches up, and metrics and health are served as later.
    /// </summary>
    /// <param name="started">Told where the RPC server listens, and where metrics are served; null where they are not.</param>
    public static async Task RunAsync(
        NodeHome home,
        TimeProvider time,
        ILoggerFactory loggers,
        CancellationToken cancellation,
        Action<IPEndPoint, IPEndPoint?>? started = null)
    {
        NodeConfig config = home.ReadConfig();
        if (config.StateSyncHeight == 0) return;
        Composition.CheckLibraries();
        using RocksDbStore store = RocksDbStore.Open(home.StateFolder);
        if (new StateStore(store).Newest is not null) return;
        string genesisJson = home.ReadGenesis();
        GenesisDocument genesis = GenesisFile.Parse(home.GenesisFile, genesisJson);
        using PrivateKey nodeKey = KeyFile.Load(home.NodeKeyFile);
        using PrivateKey validatorKey = KeyFile.Load(home.ValidatorKeyFile);
        _ = Hash256.TryParse(config.StateSyncHash, out Hash256 hash);
        StateSync sync = new(
            genesis.ChainId,
            new TrustedBlock(new Height(config.StateSyncHeight), hash),
            LightOptions.Default((long)genesis.Parameters.TrustingSeconds * 1000),
            store,
            new NodeClock(time),
            Ed25519Verifier.Instance,
            loggers.CreateLogger("chain"));
        StateSyncGate gate = new(sync);
        PeerNetwork network = Composition.NetworkOf(home, config, genesis, nodeKey, gate, static () => default, time, loggers, out NodeAdmission _);
        SyncingStatus status = new(
            Composition.IdentityOf(config, genesis.ChainId, nodeKey, validatorKey, genesisJson), () => network.Peers);
        RpcServer rpc = new(Composition.RpcOptionsOf(home, config), new RpcPorts(status, status, store, new BlockFeed()), loggers);
        SyncingMetrics metrics = new(genesis.ChainId, sync, network, config.Peers.Count);
        MetricsServer? watch = config.MetricsAddress.Length == 0
            ? null
            : new MetricsServer(Composition.EndpointOf(home, "metrics_address", config.MetricsAddress), metrics.Page, metrics, loggers);
        try
        {
            await using (rpc.ConfigureAwait(false))
            await using (network.ConfigureAwait(false))
            {
                if (watch is not null) await watch.StartAsync(cancellation).ConfigureAwait(false);
                await rpc.StartAsync(cancellation).ConfigureAwait(false);
                started?.Invoke(rpc.Endpoint, watch?.Endpoint);
                await network.StartAsync(cancellation).ConfigureAwait(false);
                await gate.RunAsync(time, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            if (watch is not null) await watch.DisposeAsync().ConfigureAwait(false);
        }
    }
}
