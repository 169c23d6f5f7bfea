using System;
using System.Collections.Generic;
using System.Threading;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;

namespace Chain.Node.Mempool;

/// <summary>
/// Transactions that wait for a block, by account lane and sequence; bounded by count and bytes. One (sender, lane,
/// sequence) is one slot: another body takes it only for a tip at least 10 % higher per unit of work. Safe for many threads.
/// </summary>
/// <remarks>
/// A full pool makes room for what a block could take: first goes what waits for one that is not here, then what pays at least 10 %
/// less. So neither gaps nor a flood of free transactions keep others out. Only the last of a lane goes, which leaves no gap.
/// </remarks>
public sealed class TransactionPool(int transactionsMax, long bytesMax)
{
    /// <summary>What a replacement must pay of the old tip per unit of work, in per cent.</summary>
    private const uint ReplacementPercent = 110;

    private readonly Lock _lock = new();
    private readonly Dictionary<LaneKey, PoolLane> _lanes = [];
    private readonly Dictionary<Hash256, PooledTransaction> _byId = [];
    private readonly PoolExpiry _expiry = new();
    private readonly PoolSenders _senders = new();
    private readonly SortedSet<PoolLast> _lasts = [];
    private long _bytes;
    private int _readyLanes;

    public MempoolCounters Counters { get; } = new();

    /// <summary>How many wait, and their bytes.</summary>
    public (int Count, long Bytes) Size
    {
        get
        {
            lock (_lock) return (_byId.Count, _bytes);
        }
    }

    /// <summary>True when a transaction could go into a block now: some lane's next one is here.</summary>
    public bool HasReady
    {
        get
        {
            lock (_lock) return _readyLanes > 0;
        }
    }

    /// <summary>True when something of this account waits.</summary>
    public bool HasOf(in Address sender)
    {
        lock (_lock) return _senders.Contains(sender);
    }

    public bool Contains(in Hash256 id)
    {
        lock (_lock) return _byId.ContainsKey(id);
    }

    /// <summary>A waiting transaction by its id, or null.</summary>
    public PooledTransaction? Find(in Hash256 id)
    {
        lock (_lock) return _byId.GetValueOrDefault(id);
    }

    /// <summary>
    /// Takes a checked transaction in, or says why not. <paramref name="nextSequence"/> is the lane's next one in the
    /// committed state.
    /// </summary>
    public ResultCode Add(PooledTransaction transaction, ulong nextSequence)
    {
        lock (_lock)
        {
            if (_byId.ContainsKey(transaction.Id)) return ResultCode.Duplicate;
            if (transaction.Sequence < nextSequence) return ResultCode.BadSequence;
            if (transaction.Sequence - nextSequence > Limits.SequenceGapMax) return ResultCode.SequenceTooFar;
            PooledTransaction? replaced = Find(transaction.Lane, transaction.Sequence);
            if (replaced is not null)
            {
                bool isSameBody = replaced.Transaction.SignBytes.AsSpan().SequenceEqual(transaction.Transaction.SignBytes);
                if (isSameBody) return ResultCode.Duplicate;
                bool isRaised = transaction.PaysAtLeast(replaced, ReplacementPercent)
                    && transaction.Body.Tip > replaced.Body.Tip;
                if (!isRaised) return ResultCode.ReplacementUnderpriced;
            }
            if (!MakeRoom(transaction, nextSequence, replaced)) return ResultCode.MempoolFull;
            if (replaced is not null) Remove(replaced);
            Insert(transaction, nextSequence);
            return ResultCode.Ok;
        }
    }

    /// <summary>
    /// The best transactions that fit, each lane in sequence without gaps. They stay in the pool until a block with them is
    /// decided. <paramref name="now"/> is the block's time in whole seconds.
    /// </summary>
    public List<PooledTransaction> Select(long blockBytesMax, ulong workMax, ulong now, int countMax = int.MaxValue)
    {
        lock (_lock)
        {
            PriorityQueue<PooledTransaction, PooledTransaction> heads =
                new(Comparer<PooledTransaction>.Create(static (a, b) => a.CompareForInclusion(b)));
            foreach (PoolLane lane in _lanes.Values) Offer(heads, lane, lane.Next);
            List<PooledTransaction> selected = [];
            long bytes = 0;
            ulong work = 0;
            while (selected.Count < countMax && heads.TryDequeue(out PooledTransaction? best, out _))
            {
                bool fits = bytes + best.Bytes.Length <= blockBytesMax && work + best.Work <= workMax;
                // What follows in this lane needs this one first, so the whole lane waits for the next block.
                if (!fits || best.Body.ValidUntil < now) continue;
                selected.Add(best);
                bytes += best.Bytes.Length;
                work += best.Work;
                Offer(heads, _lanes[best.Lane], best.Sequence + 1);
            }
            Counters.WasReaped(selected.Count);
            return selected;
        }
    }

    /// <summary>
    /// A block touched an account: drops what lies behind the next sequences of its lanes, and what it could pay before and cannot any
    /// more.
    /// </summary>
    /// <param name="baseFee">Whoever offers less waits for a lower one.</param>
    public void Recheck(in Address sender, Account account, ulong baseFee)
    {
        lock (_lock)
        {
            foreach (LaneKey key in _senders.LanesOf(sender)) Recheck(_lanes[key], account.NextSequence(key.Lane), account.Balance, baseFee);
        }
    }

    private void Recheck(PoolLane lane, ulong nextSequence, ulong balance, ulong baseFee)
    {
        using (Change(lane)) lane.Next = Math.Max(lane.Next, nextSequence);
        while (lane.TryFirst(out PooledTransaction? first) && first.Sequence < lane.Next) Remove(first);
        List<PooledTransaction> poor = [];
        foreach (PooledTransaction waiting in lane.All)
        {
            if (waiting.Body.Granter is not null || FeeMarket.FeeOf(waiting.Work, baseFee, waiting.Body.Tip) is not { } fee) continue;
            if (fee <= waiting.Body.MaxFee && fee > balance) poor.Add(waiting);
        }
        Counters.WasRechecked(lane.All.Count);
        Counters.WasEvicted(poor.Count);
        foreach (PooledTransaction gone in poor) Remove(gone);
    }

    /// <summary>Drops a transaction that execution would refuse.</summary>
    public void Drop(in Hash256 id)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(id, out PooledTransaction? transaction)) Remove(transaction);
        }
    }

    /// <summary>Drops what can no longer land. <paramref name="now"/> is the last header's time in whole seconds.</summary>
    public void DropExpired(ulong now)
    {
        lock (_lock)
        {
            while (_expiry.FirstExpired(now) is { } expired)
            {
                foreach (Hash256 id in expired) Remove(_byId[id]);
                Counters.WasEvicted(expired.Count);
            }
        }
    }

    /// <summary>Up to <paramref name="countMax"/> waiting transactions, in no particular order, for people to look at.</summary>
    public List<PooledTransaction> Peek(int countMax)
    {
        lock (_lock)
        {
            List<PooledTransaction> found = [];
            foreach (PooledTransaction transaction in _byId.Values)
            {
                if (found.Count == countMax) break;
                found.Add(transaction);
            }
            return found;
        }
    }

    private static void Offer(PriorityQueue<PooledTransaction, PooledTransaction> heads, PoolLane lane, ulong sequence)
    {
        if (lane.TryGet(sequence, out PooledTransaction? head)) heads.Enqueue(head, head);
    }

    private PooledTransaction? Find(LaneKey key, ulong sequence) =>
        _lanes.TryGetValue(key, out PoolLane? lane) && lane.TryGet(sequence, out PooledTransaction? found) ? found : null;

    /// <summary>False, and no change, when there is no room for it and nothing gives way.</summary>
    private bool MakeRoom(PooledTransaction transaction, ulong nextSequence, PooledTransaction? replaced)
    {
        int count = _byId.Count + (replaced is null ? 1 : 0) - transactionsMax;
        long bytes = _bytes + transaction.Bytes.Length - (replaced?.Bytes.Length ?? 0) - bytesMax;
        if (count <= 0 && bytes <= 0) return true;
        bool isReady = _lanes.TryGetValue(transaction.Lane, out PoolLane? own)
            ? own.LeadsTo(transaction.Sequence)
            : transaction.Sequence == nextSequence;
        if (!isReady) return false;
        List<PooledTransaction> gone = [];
        while ((count > 0 || bytes > 0) && FindWhatGivesWay(transaction) is { } last)
        {
            Remove(last);
            gone.Add(last);
            count--;
            bytes -= last.Bytes.Length;
        }
        if (count <= 0 && bytes <= 0)
        {
            Counters.WasEvicted(gone.Count);
            return true;
        }
        for (int i = gone.Count - 1; i >= 0; i--) Insert(gone[i], nextSequence: 0);
        return false;
    }

    private PooledTransaction? FindWhatGivesWay(PooledTransaction transaction)
    {
        foreach (PoolLast last in _lasts)
        {
            if (last.Transaction.Lane == transaction.Lane) continue;
            bool givesWay = last.HasGap || (transaction.Body.Tip > last.Transaction.Body.Tip
                && transaction.PaysAtLeast(last.Transaction, ReplacementPercent));
            return givesWay ? last.Transaction : null;
        }
        return null;
    }

    private void Insert(PooledTransaction transaction, ulong nextSequence)
    {
        if (!_lanes.TryGetValue(transaction.Lane, out PoolLane? lane))
        {
            lane = new PoolLane { Next = nextSequence };
            _lanes.Add(transaction.Lane, lane);
            _senders.Add(transaction.Lane);
        }
        using (Change(lane))
        {
            lane.Next = Math.Max(lane.Next, nextSequence);
            lane.Put(transaction);
        }
        _byId.Add(transaction.Id, transaction);
        _expiry.Add(transaction);
        _bytes += transaction.Bytes.Length;
    }

    private void Remove(PooledTransaction transaction)
    {
        PoolLane lane = _lanes[transaction.Lane];
        using (Change(lane)) lane.Remove(transaction.Sequence);
        if (lane.IsEmpty)
        {
            _lanes.Remove(transaction.Lane);
            _senders.Remove(transaction.Lane);
        }
        _byId.Remove(transaction.Id);
        _expiry.Remove(transaction);
        _bytes -= transaction.Bytes.Length;
    }

    private LaneChange Change(PoolLane lane) => new(this, lane);

    /// <summary>Keeps what is known of all lanes true while one changes.</summary>
    private readonly ref struct LaneChange(TransactionPool pool, PoolLane lane)
    {
        private readonly bool _wasReady = lane.IsReady;
        private readonly PoolLast? _lastBefore = LastOf(lane);

        public void Dispose()
        {
            pool._readyLanes += (lane.IsReady ? 1 : 0) - (_wasReady ? 1 : 0);
            PoolLast? last = LastOf(lane);
            if (last == _lastBefore) return;
            if (_lastBefore is { } before) pool._lasts.Remove(before);
            if (last is { } now) pool._lasts.Add(now);
        }

        private static PoolLast? LastOf(PoolLane lane) => lane.Last is { } last ? new PoolLast(lane.HasGap, last) : null;
    }
}
