using System;
using System.Collections.Generic;
using System.Threading;
using Chain.Primitives.Bytes;

namespace Chain.Networking.Connections;

/// <summary>
/// What admitted keys did wrong. Points fade with time; at 100 the key is banned for a while that doubles with each ban, up to
/// some minutes: no validator is ever shut out for good, since the fault may be ours.
/// </summary>
internal sealed class ScoreBook
{
    private const int PointsMax = 100;

    /// <summary>One point is forgiven in so much time.</summary>
    private static readonly TimeSpan FadeTime = TimeSpan.FromSeconds(1);

    /// <summary>One ban is forgiven in so much time without a fault.</summary>
    private static readonly TimeSpan StrikeTime = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _time;
    private readonly TimeSpan _banMin;
    private readonly TimeSpan _banMax;
    private readonly Dictionary<Address, Record> _records = [];
    private readonly Lock _gate = new();

    public ScoreBook(TimeSpan banMin, TimeSpan banMax, TimeProvider time)
    {
        _banMin = banMin;
        _banMax = banMax;
        _time = time;
    }

    /// <summary>Keys that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _records.Count;
        }
    }

    /// <summary>Notes a fault; true when the key is banned now.</summary>
    public bool Report(in Address id, PeerFault fault)
    {
        int points = fault switch
        {
            PeerFault.Malformed or PeerFault.Lie => PointsMax,
            PeerFault.TooFast => 34,
            _ => 10,
        };
        lock (_gate)
        {
            Record record = Faded(id);
            record.LastAt = _time.GetTimestamp();
            record.Points += points;
            if (record.Points < PointsMax) return false;
            record.Points = 0;
            TimeSpan length = _banMin * (1L << Math.Min(record.Strikes, 20));
            record.Ban = length < _banMax ? length : _banMax;
            record.BannedAt = record.LastAt;
            record.Strikes++;
            return true;
        }
    }

    /// <summary>How much longer the key is banned; zero or less when it is not.</summary>
    public TimeSpan BanLeft(in Address id)
    {
        lock (_gate)
        {
            return _records.TryGetValue(id, out Record? record) ? record.Ban - _time.GetElapsedTime(record.BannedAt) : TimeSpan.Zero;
        }
    }

    /// <summary>100 for a clean record, down to 0.</summary>
    public int ScoreOf(in Address id)
    {
        lock (_gate)
        {
            return _records.ContainsKey(id) ? PointsMax - Faded(id).Points : PointsMax;
        }
    }

    private Record Faded(in Address id)
    {
        if (!_records.TryGetValue(id, out Record? record))
        {
            if (_records.Count >= NetworkLimits.ScoredKeysMax) ForgetOldest();
            record = new Record { LastAt = _time.GetTimestamp(), FadedAt = _time.GetTimestamp() };
            _records.Add(id, record);
        }
        long forgiven = _time.GetElapsedTime(record.FadedAt).Ticks / FadeTime.Ticks;
        if (forgiven > 0)
        {
            record.Points = (int)Math.Max(0, record.Points - forgiven);
            record.FadedAt = _time.GetTimestamp();
        }
        long strikes = _time.GetElapsedTime(record.LastAt).Ticks / StrikeTime.Ticks;
        if (strikes > 0)
        {
            record.Strikes = (int)Math.Max(0, record.Strikes - strikes);
            record.LastAt = _time.GetTimestamp();
        }
        return record;
    }

    private void ForgetOldest()
    {
        Address oldest = default;
        long oldestAt = long.MaxValue;
        foreach ((Address id, Record record) in _records)
        {
            if (record.LastAt >= oldestAt) continue;
            (oldest, oldestAt) = (id, record.LastAt);
        }
        _records.Remove(oldest);
    }

    private sealed class Record
    {
        public int Points { get; set; }

        public int Strikes { get; set; }

        /// <summary>When points were last forgiven.</summary>
        public long FadedAt { get; set; }

        /// <summary>The last fault, or when a ban was last forgiven.</summary>
        public long LastAt { get; set; }

        public long BannedAt { get; set; }

        public TimeSpan Ban { get; set; }
    }
}
