using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Blocks;

namespace Chain.Node.Peers;

/// <summary>
/// Fetches decided blocks from peers that are ahead, ranges from several at once, while consensus goes on: there is no mode
/// to enter or leave. A peer that lies or does not answer costs its own ranges alone, and is asked last from then on. Used on the
/// replica's thread.
/// </summary>
public sealed class BlockSync(PeerTable peers, ValidatorNodes validators, CommitChain chain, NodeClock clock)
{
    private readonly SortedDictionary<long, FetchedBlock> _fetched = [];
    private readonly List<BlockRequest> _requests = [];
    private long _bytes;
    private int _blockBytes = 1;
    private Height _stuckAt;
    private long _stuckSinceMs;

    /// <summary>Verified blocks in a row, up to this height, that came from peers before votes decided them here.</summary>
    private (Height Last, int Count) _row;

    /// <summary>
    /// True while blocks are missing here beyond the one that is being decided, as far as more than one word speaks for it: nodes of
    /// more than a third of the power say so, or a peer that says so gives one verified block after the other.
    /// </summary>
    public bool IsBehind { get; private set; }

    /// <summary>
    /// Takes a block that was asked for; what nobody asked for is dropped. True when a run should be applied now: it is long enough,
    /// or nothing more is on its way.
    /// </summary>
    public bool Put(IPeer source, PeerMessage.Decided decided, ChainTip tip)
    {
        if (!decided.TryOpen(out Block block, out BlockId id))
        {
            source.Report(PeerFault.Malformed);
            return false;
        }
        Height height = block.Header.Height;
        if (_requests.Find(request => ReferenceEquals(request.Peer, source) && request.Covers(height)) is not { } asked) return false;
        asked.Received(height, clock.NowMs);
        if (asked.IsDone) _requests.Remove(asked);
        _blockBytes = Math.Max(decided.EncodedBlock.Length, _blockBytes / 2);
        // What came without room is asked for again, but for the one that all others wait for.
        bool hasRoom = _bytes < PeerLimits.SyncBytesMax || height == tip.Height.Next;
        if (hasRoom && _fetched.TryAdd(height.Value, new FetchedBlock(block, id, decided.Commit, source, decided.EncodedBlock.Length)))
        {
            _bytes += decided.EncodedBlock.Length;
        }
        if (asked.IsDone) Ask(tip);
        if (_requests.Count == 0) return true;
        return (_fetched.Count >= PeerLimits.SyncRunMax || _bytes >= PeerLimits.SyncRunBytesMax)
            && _fetched.ContainsKey(tip.Height.Value + 1);
    }

    /// <summary>The next blocks in order whose commits verify; empty while there are none.</summary>
    public List<FetchedBlock> TakeVerified(ChainTip tip)
    {
        Forget(tip.Height);
        List<FetchedBlock> run = [];
        long bytes = 0;
        for (Height next = tip.Height.Next; _fetched.TryGetValue(next.Value, out FetchedBlock? block); next = next.Next)
        {
            if (run.Count == PeerLimits.SyncRunMax || bytes >= PeerLimits.SyncRunBytesMax) break;
            run.Add(block);
            bytes += block.Bytes;
        }
        if (run.Count == 0) return run;
        List<FetchedBlock> verified = chain.Verify(tip, run, out FetchedBlock? lie);
        if (lie is not null) Drop(lie.Source);
        NoteProven(tip, verified);
        return verified;
    }

    /// <summary>Sees who is ahead, and asks for what is missing.</summary>
    public void Tick(ChainTip tip)
    {
        Forget(tip.Height);
        DropLate();
        IsBehind = LooksBehind(tip);
        Ask(tip);
    }

    /// <summary>Asks every peer for as much as it may work on.</summary>
    public void Ask(ChainTip tip)
    {
        if (tip.Height != _stuckAt) (_stuckAt, _stuckSinceMs) = (tip.Height, clock.NowMs);
        // One height behind, the votes are most likely on their way.
        bool isPatient = clock.NowMs - _stuckSinceMs < PeerLimits.SyncPatienceMs;
        ImmutableArray<PeerView> all = peers.All;
        foreach (PeerView peer in all)
        {
            if (peer.Tip.Value <= tip.Height.Value + (isPatient ? 1 : 0)) continue;
            while (NextRange(peer, all, tip) is { } from && Request(peer, from)) { }
        }
    }

    /// <summary>The connection ended: what it owed is asked of others.</summary>
    public void Remove(IPeer peer) => _requests.RemoveAll(request => ReferenceEquals(request.Peer, peer));

    /// <summary>Two in a row: the one that is being decided proves nothing, whoever has the votes a little sooner can give it.</summary>
    private void NoteProven(ChainTip tip, List<FetchedBlock> verified)
    {
        if (verified.Count == 0) return;
        _row = (verified[^1].Block.Header.Height, verified.Count + (_row.Last == tip.Height ? _row.Count : 0));
        if (_row.Count < 2) return;
        foreach (FetchedBlock block in verified)
        {
            if (peers.Find(block.Source) is { } peer) peer.ProvenMs = clock.NowMs;
        }
    }

    private bool LooksBehind(ChainTip tip)
    {
        validators.Follow(tip);
        Int128 power = 0;
        foreach (PeerView peer in peers.All)
        {
            if (peer.Tip <= tip.Height.Next) continue;
            bool isProven = clock.NowMs - peer.ProvenMs < PeerLimits.SyncAnswerMs;
            if (isProven && !IsBenched(peer) && Has(peer, tip.Height.Next)) return true;
            power += validators.PowerOf(peer.Id);
        }
        return power * 3 > tip.Validators.TotalPower;
    }

    /// <summary>Where the next range begins that nobody was asked for and this peer can give; null when it has enough to do.</summary>
    private Height? NextRange(PeerView peer, ImmutableArray<PeerView> all, ChainTip tip)
    {
        int working = 0;
        foreach (BlockRequest request in _requests) working += ReferenceEquals(request.Peer, peer.Link) ? 1 : 0;
        if (working >= PeerLimits.SyncRequestsPerPeerMax || _bytes >= PeerLimits.SyncBytesMax) return null;
        if (IsBenched(peer) && HasOther(all, tip.Height.Next)) return null;
        Height last = new(Math.Min(peer.Tip.Value, tip.Height.Value + PeerLimits.SyncBlocksMax));
        for (Height at = tip.Height.Next; at <= last; at = at.Next)
        {
            if (!Has(peer, at) || _fetched.ContainsKey(at.Value)) continue;
            if (!_requests.Exists(request => request.Covers(at))) return at;
        }
        return null;
    }

    private bool Request(PeerView peer, Height from)
    {
        int count = Math.Clamp(PeerLimits.BytesPerRequest / _blockBytes, 1, PeerLimits.BlocksPerRequestMax);
        long last = Math.Min(peer.Tip.Value, from.Value + count - 1);
        foreach (BlockRequest other in _requests)
        {
            if (other.From > from) last = Math.Min(last, other.From.Value - 1);
        }
        // First, since the answer comes on another thread.
        peer.Owe((int)(last - from.Value + 1));
        if (!peer.Send(new PeerMessage.BlocksWanted(from, (int)(last - from.Value + 1)))) return false;
        _requests.Add(new BlockRequest(peer.Link, from, new Height(last), clock.NowMs));
        return true;
    }

    private void DropLate()
    {
        for (int i = _requests.Count - 1; i >= 0; i--)
        {
            BlockRequest late = _requests[i];
            if (clock.NowMs - late.LastMs < PeerLimits.SyncAnswerMs) continue;
            if (peers.Find(late.Peer) is { } peer) peer.BenchedUntilMs = clock.NowMs + PeerLimits.SyncBenchMs;
            _requests.RemoveAt(i);
            late.Peer.Report(PeerFault.Useless);
        }
    }

    /// <summary>As far as a peer says: nothing is proven before it comes.</summary>
    private static bool Has(PeerView peer, Height height) =>
        peer.FirstBlock.Value > 0 && height >= peer.FirstBlock && height <= peer.Tip;

    private bool IsBenched(PeerView peer) => clock.NowMs < peer.BenchedUntilMs;

    private bool HasOther(ImmutableArray<PeerView> all, Height height)
    {
        foreach (PeerView peer in all)
        {
            if (!IsBenched(peer) && Has(peer, height)) return true;
        }
        return false;
    }

    /// <summary>All blocks of a peer that lied, and the connection.</summary>
    private void Drop(IPeer liar)
    {
        liar.Report(PeerFault.Lie);
        Remove(liar);
        List<long> doubtful = [];
        foreach ((long height, FetchedBlock block) in _fetched)
        {
            if (ReferenceEquals(block.Source, liar)) doubtful.Add(height);
        }
        foreach (long height in doubtful) Take(height);
    }

    private void Forget(Height tip)
    {
        List<long> past = [];
        foreach (long height in _fetched.Keys)
        {
            if (height > tip.Value) break;
            past.Add(height);
        }
        foreach (long height in past) Take(height);
        _requests.RemoveAll(request => request.To <= tip);
    }

    private void Take(long height)
    {
        if (_fetched.Remove(height, out FetchedBlock? block)) _bytes -= block.Bytes;
    }
}
