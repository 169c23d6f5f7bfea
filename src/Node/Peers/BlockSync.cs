using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;

namespace Chain.Node.Peers;

/// <summary>
/// Fetches decided blocks from peers that are ahead, ranges from several at once, while consensus goes on: there is no mode
/// to enter or leave. A peer that lies or does not answer costs its own ranges alone. Used on the replica's thread.
/// </summary>
public sealed class BlockSync(PeerTable peers, CommitChain chain, NodeClock clock)
{
    private readonly SortedDictionary<long, FetchedBlock> _fetched = [];
    private readonly List<BlockRequest> _requests = [];
    private long _bytes;
    private Height _stuckAt;
    private long _stuckSinceMs;

    /// <summary>True while blocks are missing here that a peer says it has, beyond the one that is being decided.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Takes a block that was asked for; what nobody asked for is dropped.</summary>
    public void Put(IPeer source, PeerMessage.Decided decided)
    {
        if (!Block.TryDecode(decided.EncodedBlock.Span, out Block block, out DecodeError _))
        {
            source.Report(PeerFault.Malformed);
            return;
        }
        Height height = block.Header.Height;
        if (_requests.Find(request => ReferenceEquals(request.Peer, source) && request.Covers(height)) is not { } asked) return;
        asked.Received(height, clock.NowMs);
        if (asked.IsDone) _requests.Remove(asked);
        if (_fetched.TryAdd(height.Value, new FetchedBlock(block, block.Id(), decided.Commit, source, decided.EncodedBlock.Length)))
        {
            _bytes += decided.EncodedBlock.Length;
        }
    }

    /// <summary>The next blocks in order whose commits verify; empty while there are none.</summary>
    public List<FetchedBlock> TakeVerified(ChainTip tip)
    {
        Forget(tip.Height);
        List<FetchedBlock> run = [];
        for (Height next = tip.Height.Next; _fetched.TryGetValue(next.Value, out FetchedBlock? block); next = next.Next)
        {
            if (run.Count == PeerLimits.SyncBlocksPerTurnMax) break;
            run.Add(block);
        }
        if (run.Count == 0) return run;
        List<FetchedBlock> verified = chain.Verify(tip, run, out FetchedBlock? lie);
        if (lie is not null) Drop(lie.Source);
        return verified;
    }

    /// <summary>Asks for what is missing.</summary>
    public void Tick(ChainTip tip)
    {
        ImmutableArray<PeerView> all = peers.All;
        long best = 0;
        foreach (PeerView peer in all) best = Math.Max(best, peer.Tip.Value);
        IsBehind = best > tip.Height.Value + 1;
        Forget(tip.Height);
        DropLate();
        if (!IsDue(tip, best)) return;
        foreach (PeerView peer in all)
        {
            while (NextRange(peer, tip) is { } from) Request(peer, from);
        }
    }

    /// <summary>The connection ended: what it owed is asked of others.</summary>
    public void Remove(IPeer peer) => _requests.RemoveAll(request => ReferenceEquals(request.Peer, peer));

    /// <summary>One height behind, the votes are most likely on their way.</summary>
    private bool IsDue(ChainTip tip, long best)
    {
        if (tip.Height != _stuckAt) (_stuckAt, _stuckSinceMs) = (tip.Height, clock.NowMs);
        if (best <= tip.Height.Value) return false;
        return best > tip.Height.Value + 1 || clock.NowMs - _stuckSinceMs >= PeerLimits.SyncPatienceMs;
    }

    /// <summary>Where the next range begins that nobody was asked for and this peer can give; null when it has enough to do.</summary>
    private Height? NextRange(PeerView peer, ChainTip tip)
    {
        if (peer.FirstBlock.Value == 0 || _requests.FindAll(request => ReferenceEquals(request.Peer, peer.Link)).Count
            >= PeerLimits.SyncRequestsPerPeerMax) return null;
        if (_bytes >= PeerLimits.SyncBytesMax) return null;
        Height last = new(Math.Min(peer.Tip.Value, tip.Height.Value + PeerLimits.SyncBlocksMax));
        for (Height at = tip.Height.Next; at <= last; at = at.Next)
        {
            if (at < peer.FirstBlock || _fetched.ContainsKey(at.Value)) continue;
            if (!_requests.Exists(request => request.Covers(at))) return at;
        }
        return null;
    }

    private void Request(PeerView peer, Height from)
    {
        long last = Math.Min(peer.Tip.Value, from.Value + PeerLimits.BlocksPerRequestMax - 1);
        foreach (BlockRequest other in _requests)
        {
            if (other.From > from) last = Math.Min(last, other.From.Value - 1);
        }
        int count = (int)(last - from.Value + 1);
        _requests.Add(new BlockRequest(peer.Link, from, new Height(last), clock.NowMs));
        peer.Send(new PeerMessage.BlocksWanted(from, count));
    }

    private void DropLate()
    {
        for (int i = _requests.Count - 1; i >= 0; i--)
        {
            if (clock.NowMs - _requests[i].LastMs < PeerLimits.SyncAnswerMs) continue;
            _requests[i].Peer.Report(PeerFault.Useless);
            _requests.RemoveAt(i);
        }
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
