using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Node.Mempool;
using Chain.Node.Peers;
using Chain.Node.Rpc;
using Chain.Node.Snapshots;
using Chain.Node.Storage.Blocks;
using Chain.StateMachine.Store;
using WalRecord = Chain.Consensus.Recovery.WalRecord;

namespace Chain.Node.Core;

/// <summary>A node's core with the parts that others look at. Made by <see cref="Open"/>, which brings the store up to the log.</summary>
public sealed record NodeParts(
    NodeCore Core,
    ValidatorSigner Signer,
    TransactionIntake Intake,
    TransactionGossip Gossip,
    ArchiveServer Archive,
    TransactionPool Pool,
    PeerTable Peers,
    StateStore State,
    BlockStore Blocks,
    BlockFeed Feed,
    SnapshotKeeper Snapshots)
{
    /// <summary>For the simulator, which looks into it.</summary>
    internal HeightMachine Machine { get; private init; } = null!;

    /// <summary>Puts a core together on its ports. Throws <see cref="Hosting.NodeStopException"/> where disk and log do not fit.</summary>
    public static NodeParts Open(NodePorts ports)
    {
        string chainId = ports.Genesis.ChainId;
        StateStore state = new(ports.Store);
        BlockStore blocks = new(ports.Store);
        BlockFeed feed = new();
        PeerTable peers = new();
        SnapshotStore snapshots = new(ports.Store);
        SnapshotKeeper keeper = new(ports.Store, snapshots, ports.SnapshotInterval, ports.RunApart, ports.Logger);
        TransactionPool pool = new(ports.MempoolTransactionsMax, ports.MempoolBytesMax);
        EvidencePool evidence = new(state, blocks, new EvidenceStore(ports.Store));
        BlockFactory factory = new(chainId, state);
        ValidatorSigner signer = new(
            ports.ValidatorKey, ports.SignerFile, ports.Guard, ports.Genesis.Hash(), chainId, ports.Clock);
        BlockLedger ledger = new(
            TipLoader.Load(ports.Genesis, ports.GenesisStateFile, ports.Store, state, blocks),
            state,
            blocks,
            new ChainWriter(ports.Store, state, blocks),
            new BlockProposer(factory, pool, evidence, new BeaconKeeper(ports.ValidatorKey, ports.Genesis.Hash(), state)),
            new BlockJudge(chainId, factory, blocks, state, ports.Signatures),
            new PoolUpkeep(pool, state),
            new ChainPruner(ports.Store, state, blocks, keeper, ports.RetainBlocks),
            evidence,
            feed,
            ports.Metrics,
            ports.Logger);
        IReadOnlyList<WalRecord> running = LogReplay.Run(ports.LogRecords, ports.Log.Height, ledger, ports.Guard, ports.Logger);

        HeightMachine machine = new(signer.PublicKey.Address);
        BlockAssembler assembler = new(pool, peers, ports.Clock, () => ledger.Tip.ConsensusParams.BlockBytesMax);
        EffectRunner runner = new(
            machine, signer, ports.Log, ledger, ports.Schedule, ports.Clock, new PeerVoice(peers), assembler, running, ports.Metrics,
            ports.Logger);
        TransactionIntake intake = new(
            chainId, pool, state, ports.Clock, () => runner.Tip, ports.NotifyWork, ports.Signatures,
            new TransactionVoice(peers, ports.Later ?? (static action => action())));
        ValidatorNodes validators = new(state);
        TransactionGossip gossip = new(intake, pool, peers, validators, ports.Clock);
        ArchiveServer archive = new(blocks, snapshots);
        PeerExchange exchange = new(
            runner,
            ledger,
            machine,
            peers,
            new MessageVerifier(chainId, ports.Signatures, blocks),
            assembler,
            new BlockSync(peers, validators, new CommitChain(chainId, ports.Signatures), ports.Clock),
            new BlockServer(ledger, blocks, ports.Clock),
            archive,
            keeper,
            gossip,
            ports.Metrics,
            ports.Clock);
        NodeCore core = new(runner, exchange);
        return new NodeParts(core, signer, intake, gossip, archive, pool, peers, state, blocks, feed, keeper) { Machine = machine };
    }
}
