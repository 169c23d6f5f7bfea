using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Mempool;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;
using Chain.Node.Rpc;
using Chain.Node.Signing;
using Chain.Node.Storage.Blocks;
using Chain.Node.Storage.Wal;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Node.Tests.Crashes;

/// <summary>
/// One life of the validator: the production parts from the signer's file to the replica's runner, over a simulated disk. In
/// place of the replica's thread the test feeds the inbox.
/// </summary>
internal sealed class CrashNode : IDisposable
{
    private readonly CrashHome _home;
    private readonly Queue<Input> _inbox = new();
    private readonly List<IDisposable> _owned = [];
    private readonly NodeParts _parts;

    /// <summary>Opens the home as <c>Composition</c> does, in its order.</summary>
    /// <param name="opened">Told of the signer and the feed before the first block can be decided.</param>
    /// <param name="snapshotInterval">Blocks between two snapshots.</param>
    public CrashNode(CrashHome home, Action<ValidatorSigner, BlockFeed> opened, long snapshotInterval = 0)
    {
        _home = home;
        try
        {
            SteppedStore store = new(home.Store, home.Disk);
            SignerStateFile signerFile = Own(SignerStateFile.Open(home.Disk, CrashHome.SignerPath));
            WriteAheadLog log = Own(WriteAheadLog.Open(home.Disk, CrashHome.LogFolder, out WalContents contents));
            Assert.True(SignGuard.TryDecode(signerFile.Load(), out SignGuard guard, out DecodeError error), error.ToString());
            _parts = NodeParts.Open(new NodePorts
            {
                Genesis = home.Genesis,
                ValidatorKey = home.ValidatorKey,
                Store = store,
                Log = log,
                LogRecords = contents.Records,
                SignerFile = signerFile,
                Guard = guard,
                Clock = new NodeClock(home.Time),
                Schedule = Own(new InputScheduler(home.Time, _inbox.Enqueue)),
                NotifyWork = () => _inbox.Enqueue(new Input.WorkAvailable()),
                Signatures = Ed25519Verifier.Instance,
                MempoolTransactionsMax = 1_000,
                MempoolBytesMax = 1_000_000,
                RetainBlocks = home.RetainBlocks,
                SnapshotInterval = snapshotInterval,
                Logger = NullLogger.Instance,
            });
            opened(_parts.Signer, _parts.Feed);
            LogHeight = log.Height;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SignGuard Guard => _parts.Signer.Guard;

    public NodeCore Core => _parts.Core;

    public TransactionGossip Gossip => _parts.Gossip;

    public TransactionPool Pool => _parts.Pool;

    public ChainTip Tip => _parts.Core.Tip;

    /// <summary>Height at which the newest segment of the log that was opened begins.</summary>
    public long LogHeight { get; }

    public StateStore State => _parts.State;

    public BlockStore Blocks => _parts.Blocks;

    /// <summary>What the replica's thread does first.</summary>
    public void Begin() => _parts.Core.Begin();

    /// <summary>Takes a message as the node's gate does.</summary>
    public void Handle(IPeer peer, PeerMessage message)
    {
        bool? areNew = Gossip.Handle(peer, message);
        if (areNew is null) Core.Handle(peer, message);
        else if (areNew is true) Core.TransactionsCame();
    }

    /// <summary>One input, after moving the clock to the next timer where none waits.</summary>
    public void Step()
    {
        Input? input;
        while (!_inbox.TryDequeue(out input)) Assert.True(_home.Time.FireNext(), "nothing is due: the chain stands still");
        _parts.Core.Feed(input);
    }

    /// <summary>Stops as the replica's thread does when it is asked to.</summary>
    public void Stop()
    {
        _parts.Core.BeginStop();
        while (!_parts.Core.IsAtRest) Step();
        _parts.Core.EndStop();
    }

    public ValueTask<AdmissionResult> SubmitAsync(byte[] transaction) => _parts.Intake.SubmitAsync(transaction, CancellationToken.None);

    public void Dispose()
    {
        for (int i = _owned.Count - 1; i >= 0; i--) _owned[i].Dispose();
    }

    private T Own<T>(T part) where T : IDisposable
    {
        _owned.Add(part);
        return part;
    }
}
