using System;
using System.Collections.Generic;
using System.Threading;
using Chain.Primitives.Bytes;

namespace Chain.Node.Peers;

/// <summary>
/// What answers about the past may take of the uplink and of a core: so many bytes a second, all of them for who asks alone, and in
/// equal shares for several. By key, so that a new connection brings nothing. Safe for many threads.
/// </summary>
public sealed class ArchiveBudget
{
    private const long MsPerSecond = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Address, Account> _accounts = [];
    private long _countedMs;
    private int _askers = 1;

    /// <summary>Keys that asked lately, or took more than their share.</summary>
    internal int Count
    {
        get
        {
            lock (_gate) return _accounts.Count;
        }
    }

    /// <summary>True when the peer may have another answer now; else its question waits.</summary>
    public bool MayAnswer(in Address peer, long nowMs)
    {
        lock (_gate)
        {
            if (!_accounts.TryGetValue(peer, out Account? account)) _accounts.Add(peer, account = new Account { PaidMs = nowMs });
            account.AskedMs = nowMs;
            if (Math.Abs(nowMs - _countedMs) >= PeerLimits.TickMs) CountAskers(nowMs);
            Pay(account, nowMs);
            return account.Debt < PeerLimits.ArchiveBurstBytes;
        }
    }

    /// <summary>An answer went out.</summary>
    public void Take(in Address peer, int bytes)
    {
        lock (_gate)
        {
            if (_accounts.TryGetValue(peer, out Account? account)) account.Debt += bytes + PeerLimits.ArchiveAnswerCost;
        }
    }

    /// <summary>Whoever asked within a second asks now; this one does, so there is one at least.</summary>
    private void CountAskers(long nowMs)
    {
        _countedMs = nowMs;
        _askers = 0;
        foreach (Account account in _accounts.Values) _askers += IsAsking(account, nowMs) ? 1 : 0;
        List<Address> idle = [];
        foreach ((Address peer, Account account) in _accounts)
        {
            Pay(account, nowMs);
            if (account.Debt == 0 && !IsAsking(account, nowMs)) idle.Add(peer);
        }
        foreach (Address peer in idle) _accounts.Remove(peer);
    }

    private static bool IsAsking(Account account, long nowMs) => nowMs - account.AskedMs < MsPerSecond;

    private void Pay(Account account, long nowMs)
    {
        // The clock may be set back.
        long passedMs = Math.Clamp(nowMs - account.PaidMs, 0, MsPerSecond);
        account.Debt = Math.Max(0, account.Debt - (passedMs * PeerLimits.ArchiveBytesPerSecond / MsPerSecond / _askers));
        account.PaidMs = nowMs;
    }

    private sealed class Account
    {
        /// <summary>Bytes given and not yet made up for by time.</summary>
        public long Debt { get; set; }

        public long PaidMs { get; set; }

        public long AskedMs { get; set; }
    }
}
