using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Consensus.Light;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Keys;
using Chain.Node.Peers;
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
    /// <summary>Does nothing where the configuration does not ask for it, or there is a state already.</summary>
    public static async Task RunAsync(NodeHome home, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation)
    {
        NodeConfig config = home.ReadConfig();
        if (config.StateSyncHeight == 0) return;
        Composition.CheckLibraries();
        using RocksDbStore store = RocksDbStore.Open(home.StateFolder);
        if (new StateStore(store).Newest is not null) return;
        GenesisDocument genesis = GenesisFile.Parse(home.GenesisFile, home.ReadGenesis());
        using PrivateKey nodeKey = KeyFile.Load(home.NodeKeyFile);
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
        PeerNetwork network = Composition.NetworkOf(home, config, genesis, nodeKey, gate, time, loggers, out NodeAdmission _);
        await using (network.ConfigureAwait(false))
        {
            await network.StartAsync(cancellation).ConfigureAwait(false);
            await gate.RunAsync(time, cancellation).ConfigureAwait(false);
        }
    }
}
