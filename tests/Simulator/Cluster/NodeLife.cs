using System;
using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;
using Chain.Node.Signing;
using Chain.Node.Storage.Disk;
using Chain.Node.Storage.Wal;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.Simulator.Clock;
using Chain.Simulator.Network;
using Chain.StateMachine.Genesis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Simulator.Cluster;

/// <summary>
/// One life of a node's process: the production core on simulated ports, and around it what the running node has as threads:
/// the inbox, the timers and the flags that keep a wish from waiting there twice.
/// </summary>
internal sealed class NodeLife
{
    private const int MempoolTransactionsMax = 2_000;
    private const long MempoolBytesMax = 8L * 1024 * 1024;

    private readonly NodeInbox _inbox;
    private readonly List<SimulatedPeer> _peers = [];
    private readonly InputScheduler _schedule;
    private readonly NodeTime _time;
    private bool _isWorkPosted;
    private bool _isTickPosted;
    private bool _areTransactionsPosted;

    /// <param name="disk">What the node sees of its disk.</param>
    public NodeLife(
        GenesisDocument genesis,
        PrivateKey key,
        NodeDisk durable,
        IDisk disk,
        NodeTime time,
        NodeInbox inbox,
        ISignatureVerifier signatures)
    {
        _inbox = inbox;
        _time = time;
        WriteAheadLog log = WriteAheadLog.Open(disk, NodeDisk.LogFolder, out WalContents contents);
        SignerStateFile signer = SignerStateFile.Open(disk, NodeDisk.SignerFile);
        bool isGuard = SignGuard.TryDecode(signer.Load(), out SignGuard guard, out DecodeError _);
        Invariant.Holds(isGuard, "the signer's file holds a guard");
        NodeClock clock = new(time);
        _schedule = new InputScheduler(time, OnDue);
        Parts = NodeParts.Open(new NodePorts
        {
            Genesis = genesis,
            ValidatorKey = key,
            Store = new SteppingStore(durable.Store, durable.Disk),
            Log = log,
            LogRecords = contents.Records,
            SignerFile = signer,
            Guard = guard,
            Clock = clock,
            Schedule = _schedule,
            NotifyWork = NotifyWork,
            Signatures = signatures,
            MempoolTransactionsMax = MempoolTransactionsMax,
            MempoolBytesMax = MempoolBytesMax,
            Logger = NullLogger.Instance,
        });
    }

    public NodeParts Parts { get; }

    public NodeTime Time => _time;

    public NodeInbox Inbox => _inbox;

    /// <summary>Begins, and ticks from then on.</summary>
    public void Begin()
    {
        Parts.Core.Begin();
        TimeSpan tick = TimeSpan.FromMilliseconds(PeerLimits.TickMs);
        _time.CreateTimer(_ => Tick(), null, tick, tick);
    }

    public void Connected(SimulatedPeer peer)
    {
        _peers.Add(peer);
        _inbox.TryAdd(() => Parts.Core.Connected(peer));
    }

    /// <summary>Passes over a peer of an earlier life.</summary>
    public void Disconnected(SimulatedPeer peer)
    {
        if (_peers.Remove(peer)) _inbox.TryAdd(() => Parts.Core.Disconnected(peer));
    }

    /// <summary>As the running node does: transactions go to the mempool, all else to the core.</summary>
    public bool Receive(SimulatedPeer peer, Channel channel, ReadOnlyMemory<byte> bytes)
    {
        if (!_peers.Contains(peer)) return false;
        return _inbox.TryAdd(() =>
        {
            if (!PeerMessage.TryDecode(bytes.Span, out PeerMessage message, out DecodeError _) || message.Channel != channel)
            {
                peer.Report(PeerFault.Malformed);
                return;
            }
            if (message is not PeerMessage.Transactions transactions) Parts.Core.Handle(peer, message);
            else if (Parts.Intake.Receive(transactions.Items)) NotifyTransactions();
        });
    }

    public void Submit(byte[] transaction) =>
        _inbox.TryAdd(() => Parts.Intake.SubmitAsync(transaction, default).GetAwaiter().GetResult());

    private void OnDue(Input input)
    {
        if (!_inbox.TryAdd(() => Parts.Core.Feed(input))) _schedule.Schedule(input, ReplicaLimits.RetryMs);
    }

    private void NotifyWork()
    {
        if (_isWorkPosted) return;
        _isWorkPosted = _inbox.TryAdd(() =>
        {
            _isWorkPosted = false;
            Parts.Core.Feed(new Input.WorkAvailable());
        });
    }

    private void NotifyTransactions()
    {
        if (_areTransactionsPosted) return;
        _areTransactionsPosted = _inbox.TryAdd(() =>
        {
            _areTransactionsPosted = false;
            Parts.Core.TransactionsCame();
        });
    }

    private void Tick()
    {
        if (_isTickPosted) return;
        _isTickPosted = _inbox.TryAdd(() =>
        {
            _isTickPosted = false;
            Parts.Core.Tick();
        });
    }
}
