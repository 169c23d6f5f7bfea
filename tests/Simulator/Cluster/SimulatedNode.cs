using System;
using System.Collections.Generic;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Peers.Messages;
using Chain.Node.Storage.Disk;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.Simulator.Byzantine;
using Chain.Simulator.Checkers;
using Chain.Simulator.Clock;
using Chain.Simulator.Faults;
using Chain.Simulator.Network;
using Chain.Simulator.Options;
using Chain.Simulator.Reporting;
using Chain.StateMachine.Core;
using Chain.StateMachine.Store;
using Chain.Tests.Shared.Disk;

namespace Chain.Simulator.Cluster;

/// <summary>A node over all its lives: it crashes, comes back on what its disk kept, and is watched whenever it speaks.</summary>
internal sealed class SimulatedNode : INetworkUser, IDisposable
{
    private const int ReplayChecksPerMille = 4;

    private readonly ClusterWorld _world;
    private readonly Dice _dice;
    private readonly ByzantineVoice? _voice;
    private readonly Trace _trace;
    private DurableView _durable = new();
    private CoreWatch? _watch;
    private NodeLife? _life;
    private ReadOnlyMemory<byte> _lastChecked;
    private long _tip;
    private PrivateKey _key;

    /// <param name="validator">Place in the genesis; twins share one.</param>
    public SimulatedNode(ClusterWorld world, int index, int validator, ByzantineKind kind)
    {
        (_world, Index, Validator, Kind, _trace) = (world, index, validator, kind, world.Trace);
        _dice = world.Dice.Fork(1000 + (ulong)index);
        Storage = new NodeDisk(world.Genesis.Hash());
        Id = ClusterKeys.NodeId(index);
        _key = world.Keys.Validators[validator].First;
        if (kind != ByzantineKind.None) _voice = new ByzantineVoice(kind, _key, _dice.Fork(1), world.Totals);
    }

    public int Index { get; }

    public int Validator { get; }

    public ByzantineKind Kind { get; }

    public bool IsCorrect => Kind == ByzantineKind.None;

    public Address Id { get; }

    public NodeDisk Storage { get; }

    public bool IsUp => _life is not null;

    /// <summary>Never comes back: it is not part of the core that must live.</summary>
    public bool IsGone { get; set; }

    public NodeLife? Life => _life;

    /// <summary>The newest height that this node decided, in this life or an earlier one.</summary>
    public long Tip => _tip;

    /// <summary>Wall clock minus true time, microseconds.</summary>
    public long OffsetUs { get; set; }

    public long DriftPpm { get; init; }

    /// <summary>What each piece of work costs this node, microseconds.</summary>
    public long CostUs { get; set; }

    /// <summary>Called when this node sends a precommit of its own for a block.</summary>
    public Action Precommitted { get; set; } = static () => { };

    /// <summary>Called when the machine stopped.</summary>
    public Action<bool> Crashed { get; set; } = static _ => { };

    /// <summary>Called when this node's tip moved.</summary>
    public Action<ChainTip> Decided { get; set; } = static _ => { };

    private bool IsMover => Validator == _world.Options.Mover;

    public void Start()
    {
        if (IsUp || IsGone) return;
        if (IsMover && new StateStore(Storage.Store) is { Newest: not null } state) _key = KeyIn(ValidatorSets.Next(state)) ?? _key;
        NodeInbox inbox = new(_world.Events, Run) { CostUs = CostUs };
        NodeTime time = new(_world.Events, ClusterGenesis.StartUnixMs, DriftPpm, static action => action()) { OffsetUs = OffsetUs };
        Guarded(() =>
        {
            _durable = new DurableView();
            IDisk disk = new WatchedDisk(Storage.Disk, _durable);
            if (_world.Fault == PlantedFault.NoSync) disk = new LazyDisk(disk);
            _life = new NodeLife(Index, _world.Genesis, _key, Storage, disk, time, inbox, _world.SignaturesOf(), _trace);
            _watch = new CoreWatch(Index, _life.Parts.Machine, IsCorrect ? _world.Fault : PlantedFault.None, _world.Totals);
            _trace.Say(_world.Events.NowUs, Index, () => $"starts at height {_life.Parts.Core.Tip.Height}");
            // The log may know of a decision that the machine did not live to tell.
            AfterWork();
            if (IsCorrect) _world.Chain.CheckHeld(Index, _life.Parts);
            _tip = _life.Parts.Core.Tip.Height.Value;
            _world.Network.Join(Index);
            _life.Begin();
            AfterWork();
        });
    }

    /// <summary>The process or the machine stops at once.</summary>
    public void Crash(bool isPower)
    {
        if (_life is null) return;
        _trace.Add(_world.Events.NowUs, Index, 'c', isPower ? (byte)1 : (byte)0, []);
        _trace.Say(_world.Events.NowUs, Index, () => isPower ? "loses power" : "is killed");
        _world.Totals.Crashes++;
        _life.Dispose();
        (_life, _watch, _lastChecked) = (null, null, default);
        Storage.Fail(isPower, _dice);
        if (Kind == ByzantineKind.Amnesia) Storage.Forget();
        if (IsCorrect && _world.Fault == PlantedFault.NoSignGuard) Storage.ForgetGuard();
        _world.Network.Leave(Index);
        Crashed(isPower);
    }

    /// <summary>The machine stops in the middle of whatever it does, before one of its next disk operations.</summary>
    public void CrashSoon(int operations) => Storage.Disk.StopAt = Storage.Disk.OperationCount + operations;

    public void Submit(byte[] transaction) => _life?.Submit(transaction);

    public void Connected(SimulatedPeer peer) => _life?.Connected(peer);

    public void Disconnected(SimulatedPeer peer) => _life?.Disconnected(peer);

    public void Receive(SimulatedPeer from, Channel channel, ReadOnlyMemory<byte> message) => _life?.Receive(from, channel, message);

    public IEnumerable<(Channel Channel, ReadOnlyMemory<byte> Message)> Leaving(
        SimulatedPeer to, Channel channel, ReadOnlyMemory<byte> message)
    {
        if (channel is Channel.Votes or Channel.Proposals && !message.Equals(_lastChecked))
        {
            _lastChecked = message;
            CheckOwn(message);
        }
        return _voice?.Leaving(to, channel, message) ?? [(channel, message)];
    }

    /// <summary>The dear checks, at any moment between two events.</summary>
    public void CheckDeeply()
    {
        if (_life is null || !IsCorrect) return;
        _watch!.CheckReplay();
        _watch.CheckBounds();
        ChainChecker.CheckConserved(Index, _life.Parts);
    }

    public string Describe() => _life?.Parts.Machine is { } core
        ? $"at {core.Height}/{core.Round} {core.Step} locked {core.LockedRound} valid {core.ValidRound}"
        : "is down";

    public void Dispose() => _life?.Dispose();

    private void Run(Action work) => Guarded(() =>
    {
        work();
        AfterWork();
    });

    private void AfterWork()
    {
        if (_life is null || !IsCorrect) return;
        long tip = _life.Parts.Core.Tip.Height.Value;
        if (tip > _tip)
        {
            _world.Chain.Moved(Index, _life.Parts, _tip + 1);
            _trace.Say(_world.Events.NowUs, Index, () => $"decided height {tip}");
            _tip = tip;
            Decided(_life.Parts.Core.Tip);
            if (IsMover) ChangeKey(_life);
        }
        if (_dice.Chance(ReplayChecksPerMille)) _watch!.CheckReplay();
        _watch!.CheckBounds();
    }

    private PrivateKey? KeyIn(ValidatorSet set)
    {
        _world.Keys.Validators[Validator].PlaceIn(set, out PrivateKey? key);
        return key;
    }

    /// <summary>From the next height on another key votes: the operator puts it in place and starts the node again.</summary>
    private void ChangeKey(NodeLife life)
    {
        if (KeyIn(life.Parts.Core.Tip.Validators) is not { } next || next == _key) return;
        _world.Events.After(0, () =>
        {
            if (_life != life) return;
            _world.Totals.KeyChanges++;
            Crash(isPower: false);
        });
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (SimulatedCrashException)
        {
            if (_life is null) FailedToStart();
            else Crash(isPower: true);
        }
        catch (SimulationFailure)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever stops a correct node is a finding; a faulty one may stop.
        catch (Exception stopped)
#pragma warning restore CA1031
        {
            if (IsCorrect) throw new SimulationFailure($"n{Index} stopped: {stopped}");
            _world.Network.Leave(Index);
            _life?.Dispose();
            _life = null;
            Storage.Fail(isPower: false, _dice);
            Storage.Forget();
            Crashed(false);
        }
    }

    private void FailedToStart()
    {
        _world.Totals.Crashes++;
        Storage.Fail(isPower: true, _dice);
        Crashed(true);
    }

    private void CheckOwn(ReadOnlyMemory<byte> bytes)
    {
        if (!PeerMessage.TryDecode(bytes.Span, out PeerMessage message, out DecodeError _)) return;
        if (message is PeerMessage.VoteCast { Vote: { } vote } && vote.ValidatorAddress == _key.PublicKey.Address)
        {
            byte[] signBytes = vote.SignBytes(ClusterGenesis.ChainId);
            bool isNew = _world.Signed.Add(Validator, IsCorrect, vote.Height, vote.Round, vote.Type, vote.BlockId, signBytes);
            if (isNew && IsCorrect) DurabilityChecker.Check(Index, vote, _life?.Parts.Machine.Validators, _durable);
            if (isNew && vote is { Type: VoteType.Precommit, BlockId.IsNil: false }) Precommitted();
        }
        if (message is PeerMessage.Proposed { Proposal: { } proposal, Outline: { } outline } && IsOwn(proposal, outline))
        {
            byte[] signBytes = proposal.SignBytes(ClusterGenesis.ChainId);
            bool isNew = _world.Signed.Add(
                Validator, IsCorrect, proposal.Height, proposal.Round, VoteType.Proposal, proposal.BlockId, signBytes);
            if (isNew && IsCorrect) DurabilityChecker.Check(Index, proposal, _durable);
        }
    }

    /// <summary>A proposal does not name its signer, and a block proposed again has another's name: the key must tell.</summary>
    private bool IsOwn(Proposal proposal, BlockOutline outline) =>
        (proposal.PolRound > Round.None || outline.Header.ProposerAddress == _key.PublicKey.Address)
        && _world.Signatures.Verify(_key.PublicKey, proposal.SignBytes(ClusterGenesis.ChainId), proposal.Signature);
}
