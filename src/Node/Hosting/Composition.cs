using System;
using System.Collections.Generic;
using System.Net;
using Chain.Consensus.Recovery;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Keys;
using Chain.Node.Peers;
using Chain.Node.Rpc;
using Chain.Node.Signing;
using Chain.Node.Storage.Disk;
using Chain.Node.Storage.Rocks;
using Chain.Node.Storage.Wal;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
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
    public static ChainNode Open(NodeHome home, TimeProvider time, ILoggerFactory loggers)
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
            RealDisk disk = new();
            SignerStateFile signerFile = SignerStateFile.Open(disk, home.SignerStateFile);
            owned.Insert(0, signerFile);
            WriteAheadLog log = WriteAheadLog.Open(disk, home.LogFolder, out WalContents contents);
            owned.Insert(0, log);
            owned.Add(validatorKey);
            owned.Add(nodeKey);
            ILogger logger = loggers.CreateLogger("chain");
            if (contents.Notice is { } notice) NodeLog.Notice(logger, notice);

            NodeClock clock = new(time);
            Replica replica = new(time);
            owned.Insert(0, replica);
            NodeParts parts = NodeParts.Open(new NodePorts
            {
                Genesis = genesis,
                GenesisStateFile = home.GenesisStateFile,
                ValidatorKey = validatorKey,
                Store = store,
                Log = log,
                LogRecords = contents.Records,
                SignerFile = signerFile,
                Guard = ReadGuard(home, signerFile, genesis.Hash()),
                Clock = clock,
                Schedule = replica.Schedule,
                NotifyWork = replica.NotifyWork,
                Signatures = new VerifiedSignatures(Ed25519Verifier.Instance, PeerLimits.VerifiedSignaturesMax),
                MempoolTransactionsMax = config.MempoolTransactionsMax,
                MempoolBytesMax = config.MempoolBytesMax,
                Logger = logger,
            });

            NodeIdentity identity = new(
                genesis.ChainId,
                Hex.Lower(nodeKey.PublicKey.Address.Span),
                config.Moniker,
                config.PeerAddress.Length > 0 ? $"tcp://{config.PeerAddress}" : "tcp://127.0.0.1:26656",
                ProductVersion.Text,
                validatorKey.PublicKey,
                genesisJson);
            DevClock? devClock = config.IsDev ? new DevClock(clock, replica.NotifyWork, () => parts.Core.Tip, parts.Feed, parts.State) : null;
            devClock?.CatchUp();
            if (devClock is not null) owned.Add(devClock);
            PeerService? peers = config.PeerAddress.Length == 0
                ? null
                : PeersOf(home, config, genesis, nodeKey, replica, parts, devClock, time, loggers.CreateLogger("peers"));
            RpcPorts ports = new(
                new NodeStatus(identity, parts.State, parts.Core, peers),
                parts.Intake,
                store,
                parts.Feed,
                devClock);
            RpcServer rpc = new(new RpcOptions { Endpoint = EndpointOf(home, "rpc_address", config.RpcAddress) }, ports, loggers);
            NodeLog.Opened(logger, identity.NodeId, identity.ChainId, parts.Core.Tip.Height.Value, Sha256.Implementation);
            return new ChainNode(parts.Core, replica, peers, rpc, owned);
        }
        catch
        {
            foreach (IDisposable part in owned) part.Dispose();
            throw;
        }
    }

    private static void CheckLibraries()
    {
        if (Ed25519.SelfCheck(out string detail)) return;
        throw new NodeStopException(
            ExitCode.Signer,
            $"libsodium does not judge signatures by this chain's rule: {detail}",
            "Install Debian 12's libsodium23; a node with another rule would split the chain.");
    }

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
        DevClock? devClock,
        TimeProvider time,
        ILogger logger)
    {
        List<PeerAddress> dial = [];
        foreach (string peer in config.Peers) dial.Add(PeerIn(home, peer));
        List<Address> breakGlass = [];
        foreach (string id in config.BreakGlassPeers) breakGlass.Add(NodeIdIn(home, id));
        NodeAdmission admission = new(genesis, dial.ConvertAll(static peer => peer.Id), breakGlass);
        PeerNetworkOptions options = new()
        {
            Listen = EndpointOf(home, "peer_address", config.PeerAddress),
            NodeKey = nodeKey,
            ChainId = genesis.ChainId,
            GenesisHash = genesis.Hash(),
            Version = ProductVersion.Text,
            Dial = dial,
        };
        PeerNetwork network = new(options, admission, new PeerGate(replica, parts.Intake), time, logger);
        return new PeerService(network, admission, parts.Core, parts.State, parts.Feed, devClock);
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

    private static IPEndPoint EndpointOf(NodeHome home, string key, string text) =>
        IPEndPoint.TryParse(text, out IPEndPoint? endpoint)
            ? endpoint
            : throw new NodeStopException(
                ExitCode.BadInput,
                $"{home.ConfigFile}: {key} \"{text}\" is not an address and a port",
                "Write for example 127.0.0.1:26657.");
}
