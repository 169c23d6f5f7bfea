using System;
using System.Collections.Generic;
using Chain.Consensus.Light;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Snapshots;

/// <summary>
/// Brings an empty store to a recent height: takes the newest snapshot that peers offer, verifies the header that names its app
/// hash from a trusted block, and fetches its parts from several peers at once. Synchronous, driven by calls, one at a time.
/// </summary>
/// <remarks>A peer that lies is reported, and what it offered is forgotten; one that does not answer is asked last.</remarks>
public sealed class StateSync(
    string chainId,
    TrustedBlock trust,
    LightOptions options,
    IKeyValueStore store,
    NodeClock clock,
    ISignatureVerifier signatures,
    ILogger logger)
{
    private readonly List<SyncPeer> _peers = [];
    private readonly List<byte[]> _passed = [];

    /// <summary>How often nothing came of a snapshot that a node offered, by its id.</summary>
    private readonly Dictionary<Address, int> _vain = [];
    private readonly List<Address> _offeredBy = [];
    private readonly LightWalk _walk = new(chainId, trust, options, clock, signatures);
    private SnapshotManifest? _chosen;
    private byte[] _chosenBytes = [];
    private SnapshotFetch? _fetch;
    private volatile SyncProgress _progress = new(null, HasHeader: false, 0, 0);
    private long _firstOfferMs;
    private long _progressMs;

    /// <summary>State and block are in the store.</summary>
    public bool IsDone { get; private set; }

    /// <summary>How far it has come; may be read on any thread.</summary>
    public SyncProgress Progress => _progress;

    public void Connected(IPeer link)
    {
        _peers.Add(new SyncPeer(link));
        Tick();
    }

    public void Disconnected(IPeer link)
    {
        _peers.RemoveAll(peer => ReferenceEquals(peer.Link, link));
        Tick();
    }

    /// <summary>Takes an answer; all else that peers say is not for a node that has no state.</summary>
    public void Handle(IPeer link, PeerMessage message)
    {
        if (IsDone || _peers.Find(candidate => ReferenceEquals(candidate.Link, link)) is not { } peer) return;
        switch (message)
        {
            case PeerMessage.SnapshotOffered offered: OnOffered(peer, offered.Manifest); break;
            case PeerMessage.LightBlockOf light: OnLightBlock(peer, light.Block); break;
            case PeerMessage.Decided decided: OnBlock(peer, decided); break;
            case PeerMessage.ResultsOf results:
                OnPart(peer, new(SyncNeedKind.Results, results.Height), fetch => fetch.TakeResults(results.EncodedResults.Span));
                break;
            case PeerMessage.ChunkOf chunk:
                OnPart(
                    peer,
                    new(SyncNeedKind.Chunk, chunk.Height, chunk.Index),
                    fetch => fetch.TakeChunk(chunk.Index, chunk.EncodedChunk.Span));
                break;
            default: return;
        }
        Advance();
    }

    /// <summary>Call every <see cref="Peers.PeerLimits.TickMs"/>.</summary>
    public void Tick()
    {
        if (IsDone) return;
        // A report may end a connection, and so change the list.
        foreach (SyncPeer peer in _peers.ToArray())
        {
            if (peer.DropLate(clock.NowMs)) peer.Link.Report(PeerFault.Useless);
            if (clock.NowMs - peer.AskedOffersMs < SyncLimits.OfferAgainMs) continue;
            // Also while one is fetched: its other holders may have come since.
            if (peer.Send(new PeerMessage.SnapshotsWanted(LowestHeight))) peer.AskedOffersMs = clock.NowMs;
        }
        if (_chosen is not null && clock.NowMs - _progressMs >= SyncLimits.StandstillMs) Pass();
        Advance();
    }

    /// <summary>The header after a snapshot is not below the trusted one.</summary>
    private Height LowestHeight => new(Math.Max(1, trust.Height.Value - 1));

    private void OnOffered(SyncPeer peer, SnapshotManifest manifest)
    {
        if (manifest.Height < LowestHeight) return;
        if (_firstOfferMs == 0) _firstOfferMs = clock.NowMs;
        peer.Offers[manifest.Height.Value] = manifest.Encode();
        while (peer.Offers.Count > SyncLimits.SnapshotsKept) peer.Offers.Remove(FirstOf(peer.Offers));
    }

    private void OnLightBlock(SyncPeer peer, LightBlock block)
    {
        bool isWanted = peer.Answered(new(SyncNeedKind.LightBlock, block.Height))
            && _chosen is not null && !_walk.IsDone && block.Height == _walk.Wanted;
        if (!isWanted) return;
        if (_walk.Supply(block, peer.Link) is { } liar) Accuse(liar);
        else _progressMs = clock.NowMs;
    }

    private void OnBlock(SyncPeer peer, PeerMessage.Decided decided)
    {
        // Opening a block is dear, so nobody can have us do it who was not asked for one.
        if (_chosen is null || !peer.IsAsked(new(SyncNeedKind.Block, _chosen.Height))) return;
        if (!Block.TryDecode(decided.EncodedBlock.Span, out Block block, out DecodeError _)) Accuse(peer.Link);
        else OnPart(peer, new(SyncNeedKind.Block, block.Header.Height), fetch => fetch.TakeBlock(block));
    }

    private void OnPart(SyncPeer peer, SyncNeed need, Func<SnapshotFetch, bool> take)
    {
        if (!peer.Answered(need) || _fetch is not { } fetch || need.Height != _chosen!.Height) return;
        if (take(fetch)) _progressMs = clock.NowMs;
        else Accuse(peer.Link);
    }

    private void Advance()
    {
        GoOn();
        _progress = new SyncProgress(_chosen?.Height, _walk.IsDone, _chosen?.ChunkCount ?? 0, _fetch?.ChunksHere ?? 0);
    }

    /// <summary>Goes on to the next stage where the last one is done, and asks for what is missing.</summary>
    private void GoOn()
    {
        if (_chosen is not null && !_peers.Exists(Offers)) GiveUp();
        if (_chosen is null) Choose();
        if (_chosen is null) return;
        if (!_walk.IsDone)
        {
            Ask(new SyncNeed(SyncNeedKind.LightBlock, _walk.Wanted));
            return;
        }
        if (_walk.After!.Header.AppHash != _chosen.AppHash)
        {
            foreach (SyncPeer liar in _peers.FindAll(Offers)) Accuse(liar.Link);
            Drop();
            return;
        }
        _fetch ??= new SnapshotFetch(_chosen, store, _walk.Own!, _walk.After.Header);
        if (_fetch.IsComplete)
        {
            _fetch.Store();
            IsDone = true;
            NodeLog.SnapshotRestored(logger, _chosen.Height.Value);
            return;
        }
        foreach (SyncNeed need in _fetch.Missing())
        {
            if (!Ask(need)) return;
        }
    }

    /// <summary>
    /// The one that was begun before a restart, or the newest that was not passed over, of a node that offered nothing in vain: a height is
    /// but a word. Among equals the one that most peers have.
    /// </summary>
    private void Choose()
    {
        if (_firstOfferMs == 0 || clock.NowMs - _firstOfferMs < SyncLimits.ChoiceMs) return;
        byte[] begun = SnapshotRestore.Begun(store);
        (bool IsBegun, int Rank, long Height, int Peers, byte[] Bytes) best = (false, int.MinValue, 0, 0, null!);
        foreach (SyncPeer peer in _peers)
        {
            foreach ((long height, byte[] bytes) in peer.Offers)
            {
                if (_passed.Exists(passed => bytes.AsSpan().SequenceEqual(passed))) continue;
                int holders = _peers.FindAll(other => Offers(other, height, bytes)).Count;
                bool isBegun = bytes.AsSpan().SequenceEqual(begun);
                int rank = -_vain.GetValueOrDefault(peer.Link.Id);
                bool isBetter = (isBegun, rank, height, holders).CompareTo((best.IsBegun, best.Rank, best.Height, best.Peers)) > 0;
                if (isBetter) best = (isBegun, rank, height, holders, bytes);
            }
        }
        if (best.Bytes is null)
        {
            // Every one came to nothing once: try them again, as the peers may have come back.
            _passed.Clear();
            return;
        }
        bool isManifest = SnapshotManifest.TryDecode(best.Bytes, out SnapshotManifest manifest, out DecodeError _);
        if (!isManifest) return;
        (_chosen, _chosenBytes, _progressMs) = (manifest, best.Bytes, clock.NowMs);
        _offeredBy.Clear();
        foreach (SyncPeer peer in _peers.FindAll(Offers)) _offeredBy.Add(peer.Link.Id);
        _walk.Begin(manifest.Height);
        NodeLog.SnapshotChosen(logger, manifest.Height.Value, manifest.AppHash, manifest.ChunkCount);
    }

    /// <summary>Asks the peer that owes least and answered best, once; false when nobody has room.</summary>
    private bool Ask(SyncNeed need)
    {
        if (_peers.Exists(peer => peer.IsAsked(need))) return true;
        SyncPeer? best = null;
        foreach (SyncPeer peer in _peers)
        {
            // Below the snapshot anybody may have the block; from there on whoever offers it must.
            if (peer.Owes >= SyncLimits.AnswersPerPeerMax || (need.Height >= _chosen!.Height && !Offers(peer))) continue;
            if (best is null || (peer.Unanswered, peer.Owes).CompareTo((best.Unanswered, best.Owes)) < 0) best = peer;
        }
        return best is not null && best.Ask(need, MessageFor(need), clock.NowMs);
    }

    private static PeerMessage MessageFor(SyncNeed need) => need.Kind switch
    {
        SyncNeedKind.LightBlock => new PeerMessage.LightBlockWanted(need.Height),
        SyncNeedKind.Block => new PeerMessage.BlocksWanted(need.Height, 1),
        SyncNeedKind.Results => new PeerMessage.ResultsWanted(need.Height),
        _ => new PeerMessage.ChunkWanted(need.Height, need.Index),
    };

    /// <summary>A provable lie: the connection ends, and what it offered goes with it.</summary>
    private void Accuse(IPeer liar)
    {
        _peers.RemoveAll(peer => ReferenceEquals(peer.Link, liar));
        liar.Report(PeerFault.Lie);
    }

    /// <summary>Nothing came of it for long: others first.</summary>
    private void Pass()
    {
        _passed.Add(_chosenBytes);
        if (_passed.Count > SyncLimits.PassedMax) _passed.RemoveAt(0);
        GiveUp();
    }

    /// <summary>Whoever offered it is asked after the others from now on.</summary>
    private void GiveUp()
    {
        foreach (Address id in _offeredBy) _vain[id] = _vain.GetValueOrDefault(id) + 1;
        Drop();
    }

    private void Drop() => (_chosen, _fetch) = (null, null);

    private bool Offers(SyncPeer peer) => Offers(peer, _chosen!.Height.Value, _chosenBytes);

    private static bool Offers(SyncPeer peer, long height, byte[] manifest) =>
        peer.Offers.TryGetValue(height, out byte[]? bytes) && bytes.AsSpan().SequenceEqual(manifest);

    private static long FirstOf(SortedDictionary<long, byte[]> offers)
    {
        foreach (long height in offers.Keys) return height;
        return 0;
    }
}
