using System;
using System.Collections.Generic;
using System.Net;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Node.Core;
using Chain.Node.Keys;
using Chain.Node.Mempool;
using Chain.Node.Rpc;
using Chain.Node.Signing;
using Chain.Node.Storage.Blocks;
using Chain.Node.Storage.Rocks;
using Chain.Node.Storage.Wal;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging;
using WalRecord = Chain.Consensus.Recovery.WalRecord;

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
            SignerStateFile signerFile = SignerStateFile.Open(home.SignerStateFile);
            owned.Insert(0, signerFile);
            WriteAheadLog log = WriteAheadLog.Open(home.LogFolder, out WalContents contents);
            owned.Insert(0, log);
            owned.Add(validatorKey);
            owned.Add(nodeKey);
            ILogger logger = loggers.CreateLogger("chain");
            if (contents.Notice is { } notice) NodeLog.Notice(logger, notice);

            NodeClock clock = new(time);
            ValidatorSigner signer = new(
                validatorKey, signerFile, ReadGuard(home, signerFile, genesis.Hash()), genesis.Hash(), genesis.ChainId, clock);
            StateStore state = new(store);
            BlockStore blocks = new(store);
            BlockFeed feed = new();
            TransactionPool pool = new(config.MempoolTransactionsMax, config.MempoolBytesMax);
            EvidencePool evidence = new();
            BlockFactory factory = new(genesis.ChainId, state);
            BlockLedger ledger = new(
                TipLoader.Load(genesis, home.GenesisStateFile, store, state, blocks),
                state,
                blocks,
                new ChainWriter(store, state, blocks),
                new BlockProposer(factory, pool, evidence, new BeaconKeeper(validatorKey, genesis.Hash(), state)),
                new BlockJudge(genesis.ChainId, factory, blocks, state),
                new PoolUpkeep(pool, state),
                evidence,
                feed,
                logger);
            IReadOnlyList<WalRecord> running = LogReplay.Run(contents.Records, log.Height, ledger, signer.Guard, logger);
            HeightMachine core = new(signer.PublicKey.Address);
            Replica replica = new(
                time, schedule => new EffectRunner(core, signer, log, ledger, schedule, clock, running, logger));

            NodeIdentity identity = new(
                genesis.ChainId,
                Hex.Lower(nodeKey.PublicKey.Address.Span),
                config.Moniker,
                "tcp://127.0.0.1:26656",
                ProductVersion.Text,
                validatorKey.PublicKey,
                genesisJson);
            DevClock? devClock = config.IsDev ? new DevClock(clock, replica, feed, state) : null;
            if (devClock is not null) owned.Add(devClock);
            RpcPorts ports = new(
                new NodeStatus(identity, state, () => replica.Tip),
                new TransactionIntake(genesis.ChainId, pool, state, clock, () => replica.Tip, replica.NotifyWork),
                store,
                feed,
                devClock);
            RpcServer rpc = new(new RpcOptions { Endpoint = EndpointOf(home, config) }, ports, loggers);
            NodeLog.Opened(logger, identity.NodeId, identity.ChainId, ledger.Tip.Height.Value, Sha256.Implementation);
            return new ChainNode(replica, rpc, owned);
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

    private static IPEndPoint EndpointOf(NodeHome home, NodeConfig config) =>
        IPEndPoint.TryParse(config.RpcAddress, out IPEndPoint? endpoint)
            ? endpoint
            : throw new NodeStopException(
                ExitCode.BadInput,
                $"{home.ConfigFile}: rpc_address \"{config.RpcAddress}\" is not an address and a port",
                "Write for example 127.0.0.1:26657.");
}
