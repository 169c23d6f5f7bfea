using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using Chain.Consensus.Recovery;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Keys;
using Chain.Node.Metrics;
using Chain.Node.Peers;
using Chain.Node.Rpc;
using Chain.Node.Signing;
using Chain.Node.Storage.Disk;
using Chain.Node.Storage.Rocks;
using Chain.Node.Storage.Wal;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Hosting;

/// <summary>The one place where the parts of a node are put together.</summary>
public static class Composition
{
    /// <summary>
    /// Opens a home: checks the machine, reads keys and genesis, brings the store up to the log. Nothing listens yet. Throws
    /// what <see cref="NodeHost"/> turns into an exit code.
    /// </summary>
    /// <param name="checksStore">Reads the whole database first.</param>
    public static ChainNode Open(NodeHome home, TimeProvider time, ILoggerFactory loggers, bool checksStore = false)
    {
        CheckLibraries();
        NodeConfig config = home.ReadConfig();
        string genesisJson = home.ReadGenesis();
        GenesisDocument genesis = GenesisFile.Parse(home.GenesisFile, genesisJson);
        PrivateKey validatorKey = KeyFile.Load(home.ValidatorKeyFile);
        PrivateKey nodeKey = KeyFile.Load(home.NodeKeyFile);
        List<IDisposable> owned = [];
        try
        {
            // The store goes first: it knows best to say that another process uses this home.
            RocksDbStore store = RocksDbStore.Open(home.StateFolder);
            owned.Add(store);
            ILogger logger = loggers.CreateLogger("chain");
            if (store.Notice is { } storeNotice) NodeLog.Notice(logger, storeNotice);
            if (checksStore)
            {
                long rows = store.CheckRows();
                NodeLog.StoreChecked(logger, rows);
            }
            RealDisk disk = new();
            NodeMetrics metrics = new(time);
            SignerStateFile signerFile = SignerStateFile.Open(new TimedDisk(disk, metrics.GuardSyncs, time), home.SignerStateFile);
            owned.Insert(0, signerFile);
            WriteAheadLog log = WriteAheadLog.Open(new TimedDisk(disk, metrics.LogSyncs, time), home.LogFolder, out WalContents contents);
            owned.Insert(0, log);
            owned.Add(validatorKey);
            owned.Add(nodeKey);
            if (contents.Notice is { } notice) NodeLog.Notice(logger, notice);

            NodeClock clock = new(time);
            Replica replica = new(time);
            owned.Insert(0, replica);
            VerifiedSignatures signatures = new(Ed25519Verifier.Instance, PeerLimits.VerifiedSignaturesMax);
            NodeParts parts = NodeParts.Open(new NodePorts
            {
                Genesis = genesis,
                GenesisStateFile = home.GenesisStateFile,
                ValidatorKey = validatorKey,
                Store = new TimedStore(store, metrics.StoreBatches, time),
                Log = log,
                LogRecords = contents.Records,
                SignerFile = signerFile,
                Guard = ReadGuard(home, signerFile, genesis.Hash()),
                Clock = clock,
                Schedule = replica.Schedule,
                NotifyWork = replica.NotifyWork,
                Signatures = signatures,
                Metrics = metrics,
                RetainBlocks = config.RetainBlocks,
                MempoolTransactionsMax = config.MempoolTransactionsMax,
                MempoolBytesMax = config.MempoolBytesMax,
                SnapshotInterval = config.SnapshotInterval,
                Later = static action => ThreadPool.QueueUserWorkItem(static run => run(), action, preferLocal: false),
                RunApart = static work => new Thread(() => work()) { IsBackground = true }.Start(),
                Logger = logger,
            });

            owned.Insert(0, parts.Snapshots);
            NodeIdentity identity = IdentityOf(config, genesis.ChainId, nodeKey, validatorKey, genesisJson);
            DevClock? devClock = config.IsDev ? new DevClock(clock, replica.NotifyWork, () => parts.Core.Tip, parts.Feed, parts.State) : null;
            devClock?.CatchUp();
            if (devClock is not null) owned.Add(devClock);
            PeerService? peers = config.PeerAddress.Length == 0
                ? null
                : PeersOf(home, config, genesis, nodeKey, replica, parts, clock, devClock, time, loggers);
            RpcPorts ports = new(
                new NodeStatus(identity, parts.State, parts.Core, replica, peers),
                parts.Intake,
                store,
                parts.Feed,
                devClock);
            RpcServer rpc = new(RpcOptionsOf(home, config), ports, loggers);
            NodeLog.Opened(logger, identity.NodeId, identity.ChainId, parts.Core.Tip.Height.Value, Sha256.Implementation);
            MetricsServer? watch = config.MetricsAddress.Length == 0
                ? null
                : new MetricsServer(
                    EndpointOf(home, "metrics_address", config.MetricsAddress),
                    new MetricsPage(genesis.ChainId, ProductVersion.Text, parts, metrics, signatures, peers).Write,
                    new NodeHealth(parts.Core, replica, parts.Signer, peers, config.Peers.Count, metrics, parts.State),
                    loggers);
            return new ChainNode(parts.Core, replica, peers, rpc, watch, owned);
        }
        catch
        {
            foreach (IDisposable part in owned) part.Dispose();
            throw;
        }
    }

    internal static void CheckLibraries()
    {
        if (Ed25519.SelfCheck(out string detail)) return;
        throw new NodeStopException(
            ExitCode.Signer,
            $"the library for signatures does not judge signatures by this chain's rule: {detail}",
            "Install this program again as it was published: a node with another rule would split the chain.");
    }

    internal static NodeIdentity IdentityOf(
        NodeConfig config, string chainId, PrivateKey nodeKey, PrivateKey validatorKey, string genesisJson) => new(
        chainId,
        Hex.Lower(nodeKey.PublicKey.Address.Span),
        config.Moniker,
        config.PeerAddress.Length > 0 ? $"tcp://{config.PeerAddress}" : "tcp://127.0.0.1:26656",
        ProductVersion.Text,
        validatorKey.PublicKey,
        genesisJson);

    internal static RpcOptions RpcOptionsOf(NodeHome home, NodeConfig config) => new()
    {
        Endpoint = EndpointOf(home, "rpc_address", config.RpcAddress),
        Hosts = config.RpcHosts,
        CorsOrigins = config.RpcCorsOrigins,
    };

    private static SignGuard ReadGuard(NodeHome home, SignerStateFile file, in Hash256 genesis)
    {
        if (SignGuard.TryDecode(file.Load(), out SignGuard guard, out DecodeError error))
        {
            if (guard.GenesisHash == genesis) return guard;
            throw new NodeStopException(
                ExitCode.BadInput,
                $"{home.GenesisFile} is not the genesis that this home was made for: the signer is armed for {guard.GenesisHash}, "
                + $"the file has the hash {genesis}",
                "Bring back the genesis file of this chain, or join another chain from a new home.");
        }
        throw new NodeStopException(
            ExitCode.Signer,
            $"{home.SignerStateFile} does not hold a sign guard: {error}",
            "Restore the newest copy of this file. Never make a new one for a key that has signed: it could sign twice.");
    }

    private static PeerService PeersOf(
        NodeHome home,
        NodeConfig config,
        GenesisDocument genesis,
        PrivateKey nodeKey,
        Replica replica,
        NodeParts parts,
        NodeClock clock,
        DevClock? devClock,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        PeerGate gate = new(replica, parts.Gossip, parts.Archive, parts.Peers, clock);
        PeerNetwork network = NetworkOf(
            home,
            config,
            genesis,
            nodeKey,
            gate,
            () => new BlockRange(parts.Blocks.First, parts.Core.Tip.Height),
            time,
            loggers,
            out NodeAdmission admission);
        return new PeerService(network, admission, parts.Core, parts.State, parts.Feed, devClock);
    }

    /// <summary>The network that a home's files describe, not started.</summary>
    /// <param name="blocks">What this node tells new peers to hold.</param>
    internal static PeerNetwork NetworkOf(
        NodeHome home,
        NodeConfig config,
        GenesisDocument genesis,
        PrivateKey nodeKey,
        IPeerHandler handler,
        Func<BlockRange> blocks,
        TimeProvider time,
        ILoggerFactory loggers,
        out NodeAdmission admission)
    {
        List<PeerAddress> dial = [];
        foreach (string peer in config.Peers) dial.Add(PeerIn(home, peer));
        List<Address> breakGlass = [];
        foreach (string id in config.BreakGlassPeers) breakGlass.Add(NodeIdIn(home, id));
        admission = new NodeAdmission(genesis, dial.ConvertAll(static peer => peer.Id), breakGlass);
        PeerNetworkOptions options = new()
        {
            Listen = EndpointOf(home, "peer_address", config.PeerAddress),
            NodeKey = nodeKey,
            ChainId = genesis.ChainId,
            GenesisHash = genesis.Hash(),
            Version = ProductVersion.Text,
            AppVersion = (uint)ProtocolVersions.Newest,
            Blocks = blocks,
            Dial = dial,
        };
        return new PeerNetwork(options, admission, handler, time, loggers.CreateLogger("peers"));
    }

    private static PeerAddress PeerIn(NodeHome home, string text) =>
        PeerAddress.TryParse(text, out PeerAddress? peer, out string error)
            ? peer!
            : throw new NodeStopException(
                ExitCode.BadInput, $"{home.ConfigFile}: peers: {error}", "Write nodeid@host:port; 'chain status' shows a node's id.");

    private static Address NodeIdIn(NodeHome home, string text)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        return Hex.TryDecode(text, bytes)
            ? Address.From(bytes)
            : throw new NodeStopException(
                ExitCode.BadInput,
                $"{home.ConfigFile}: break_glass_peers: \"{text}\" is not a node id",
                "Write its 40 hexadecimal digits; 'chain status' shows them.");
    }

    internal static IPEndPoint EndpointOf(NodeHome home, string key, string text) =>
        IPEndPoint.TryParse(text, out IPEndPoint? endpoint)
            ? endpoint
            : throw new NodeStopException(
                ExitCode.BadInput,
                $"{home.ConfigFile}: {key} \"{text}\" is not an address and a port",
                "Write for example 127.0.0.1:26657.");
}
