using System.Collections.Generic;
using System.Threading;
using Chain.Networking;
using Chain.Primitives.Bytes;

namespace Chain.Node.Peers;

/// <summary>
/// Which peer was asked for which transaction. One peer at a time, so that none comes twice; whoever lets one wait is passed over for
/// the next that named it, and for a while nobody waits for what it owes. Safe for many threads.
/// </summary>
internal sealed class TransactionAsks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, Entry> _entries = [];

    /// <summary>Each entry once, the one that is due first at the head.</summary>
    private readonly Queue<Entry> _due = new();

    /// <summary>Node ids of those who let us wait, and until when nobody waits for them; Unix milliseconds.</summary>
    private readonly Dictionary<Address, long> _benched = [];

    /// <summary>Transactions that were asked for and are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <summary>A peer named a transaction that is not here: true when it should be asked for it now.</summary>
    public bool TryAsk(in Hash256 id, IPeer peer, long nowMs)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(id, out Entry? entry))
            {
                // Beyond the bound one may come twice, but none late.
                if (_entries.Count >= PeerLimits.AskedTransactionsMax) return true;
                entry = new Entry(id, nowMs, peer);
                _entries.Add(id, entry);
                _due.Enqueue(entry);
                return true;
            }
            if (entry.IsHere || entry.Sources.Contains(peer)) return false;
            bool isLate = nowMs - entry.AskedMs >= PeerLimits.AskElsewhereMs || IsBenched(entry.Last.Id, nowMs);
            if (isLate)
            {
                entry.Sources.Insert(entry.AskedCount, peer);
                entry.Ask(nowMs);
            }
            else if (entry.Sources.Count < PeerLimits.TransactionSourcesMax)
            {
                entry.Sources.Add(peer);
            }
            return isLate;
        }
    }

    /// <summary>A transaction came, whether or not it was taken.</summary>
    public void Came(in Hash256 id)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(id, out Entry? entry)) entry.IsHere = true;
        }
    }

    /// <summary>Whom to ask now for what others owe, and who has just begun to let us wait.</summary>
    public (Dictionary<IPeer, List<Hash256>> Asks, List<IPeer> Late) TakeDue(long nowMs)
    {
        Dictionary<IPeer, List<Hash256>> asks = [];
        List<IPeer> late = [];
        lock (_gate)
        {
            Unbench(nowMs);
            for (int left = _due.Count; left > 0 && nowMs - _due.Peek().LookedMs >= PeerLimits.AskElsewhereMs; left--)
            {
                Entry entry = _due.Dequeue();
                if (entry.IsHere || nowMs - entry.AskedMs >= PeerLimits.NameAgainMs)
                {
                    _entries.Remove(entry.Id);
                    continue;
                }
                if (nowMs - entry.AskedMs >= PeerLimits.AskElsewhereMs)
                {
                    if (!IsBenched(entry.Last.Id, nowMs)) late.Add(entry.Last);
                    _benched[entry.Last.Id] = nowMs + PeerLimits.WithholdBenchMs;
                    if (entry.AskedCount < entry.Sources.Count)
                    {
                        entry.Ask(nowMs);
                        if (!asks.TryGetValue(entry.Last, out List<Hash256>? ids)) asks.Add(entry.Last, ids = []);
                        ids.Add(entry.Id);
                    }
                }
                entry.LookedMs = nowMs;
                _due.Enqueue(entry);
            }
        }
        return (asks, late);
    }

    private bool IsBenched(in Address id, long nowMs) => _benched.TryGetValue(id, out long untilMs) && nowMs < untilMs;

    private void Unbench(long nowMs)
    {
        if (_benched.Count == 0) return;
        List<Address> over = [];
        foreach ((Address id, long untilMs) in _benched)
        {
            if (nowMs >= untilMs) over.Add(id);
        }
        foreach (Address id in over) _benched.Remove(id);
    }

    /// <param name="nowMs">When the first source was asked.</param>
    private sealed class Entry(in Hash256 id, long nowMs, IPeer first)
    {
        public Hash256 Id { get; } = id;

        /// <summary>Who named it: first those who were asked, in that order, then the others in theirs.</summary>
        public List<IPeer> Sources { get; } = [first];

        public int AskedCount { get; private set; } = 1;

        /// <summary>Whoever was asked last.</summary>
        public IPeer Last => Sources[AskedCount - 1];

        /// <summary>When that was, Unix milliseconds.</summary>
        public long AskedMs { get; private set; } = nowMs;

        /// <summary>When it took its place in the queue, Unix milliseconds.</summary>
        public long LookedMs { get; set; } = nowMs;

        public bool IsHere { get; set; }

        /// <summary>The next source is asked.</summary>
        public void Ask(long nowMs) => (AskedCount, AskedMs) = (AskedCount + 1, nowMs);
    }
}
