using System;
using System.Collections.Generic;
using System.Threading;
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
using Chain.Simulator.Reporting;
using Chain.StateMachine.Genesis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Simulator.Cluster;

/// <summary>
/// One life of a node's process: the production core on simulated ports, and around it what the running node has as threads:
/// the inbox, the timers and the flags that keep a wish from waiting there twice.
/// </summary>
internal sealed class NodeLife : IDisposable
{
    private const int MempoolTransactionsMax = 2_000;
    private const long MempoolBytesMax = 8L * 1024 * 1024;

    private readonly int _node;
    private readonly NodeInbox _inbox;
    private readonly List<SimulatedPeer> _peers = [];
    private readonly InputScheduler _schedule;
    private readonly NodeTime _time;
    private readonly Trace _trace;
    private ITimer? _ticker;
    private bool _isWorkPosted;
    private bool _isTickPosted;
    private bool _areTransactionsPosted;

    /// <param name="disk">What the node sees of its disk.</param>
    public NodeLife(
        int node,
        GenesisDocument genesis,
        PrivateKey key,
        NodeDisk durable,
        IDisk disk,
        NodeTime time,
        NodeInbox inbox,
        ISignatureVerifier signatures,
        Trace trace)
    {
        (_node, _inbox, _time, _trace) = (node, inbox, time, trace);
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
        _ticker = _time.CreateTimer(_ => Tick(), null, tick, tick);
    }

    public void Connected(SimulatedPeer peer)
    {
        _peers.Add(peer);
        _inbox.Add(() => Parts.Core.Connected(peer));
    }

    /// <summary>Passes over a peer of an earlier life.</summary>
    public void Disconnected(SimulatedPeer peer)
    {
        if (_peers.Remove(peer)) _inbox.Add(() => Parts.Core.Disconnected(peer));
    }

    /// <summary>As the running node does: transactions go to the mempool, all else to the core.</summary>
    public bool Receive(SimulatedPeer peer, Channel channel, ReadOnlyMemory<byte> bytes)
    {
        if (!_peers.Contains(peer)) return false;
        return _inbox.TryAdd(() =>
        {
            _trace.Add(_time.TrueUs, peer.Owner, 'm', (byte)channel, bytes.Span);
            if (!PeerMessage.TryDecode(bytes.Span, out PeerMessage message, out DecodeError _) || message.Channel != channel)
            {
                peer.Report(PeerFault.Malformed);
                return;
            }
            _trace.Say(_time.TrueUs, peer.Owner, () => $"from n{peer.Other}: {Wording.Of(message)}");
            bool? areNew = Parts.Gossip.Handle(peer, message);
            if (areNew is null) Parts.Core.Handle(peer, message);
            else if (areNew is true) NotifyTransactions();
        });
    }

    public void Submit(byte[] transaction) =>
        _inbox.TryAdd(() => Parts.Intake.SubmitAsync(transaction, default).AsTask().GetAwaiter().GetResult());

    /// <summary>The process is gone: nothing of it runs any more.</summary>
    public void Dispose()
    {
        _inbox.IsClosed = true;
        _schedule.Dispose();
        _ticker?.Dispose();
    }

    private void OnDue(Input input)
    {
        _inbox.Add(() => Elapsed(input));
    }

    private void Elapsed(Input input)
    {
        _trace.Add(_time.TrueUs, _node, 't', 0, []);
        _trace.Say(_time.TrueUs, _node, () => $"due: {Wording.Of(input)}");
        Parts.Core.Feed(input);
    }

    private void NotifyWork()
    {
        if (_isWorkPosted) return;
        _isWorkPosted = true;
        _inbox.Add(() =>
        {
            _isWorkPosted = false;
            Parts.Core.Feed(new Input.WorkAvailable());
        });
    }

    private void NotifyTransactions()
    {
        if (_areTransactionsPosted) return;
        _areTransactionsPosted = true;
        _inbox.Add(() =>
        {
            _areTransactionsPosted = false;
            Parts.Core.TransactionsCame();
        });
    }

    private void Tick()
    {
        if (_isTickPosted) return;
        _isTickPosted = true;
        _inbox.Add(() =>
        {
            _isTickPosted = false;
            Parts.Core.Tick();
        });
    }
}
