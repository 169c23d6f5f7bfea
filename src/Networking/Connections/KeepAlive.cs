using System;
using System.Threading;

namespace Chain.Networking.Connections;

/// <summary>Notices a link that is dead without saying so. Safe for many threads.</summary>
internal sealed class KeepAlive
{
    private readonly TimeSpan _pingAfter;
    private readonly TimeSpan _deadAfter;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private ulong _number;
    private long _pingedAt;
    private bool _isPinging;
    private TimeSpan? _roundTrip;
    private long _heardAt;

    /// <summary>When the write under way began; 0 for none.</summary>
    private long _writingSince;

    public KeepAlive(TimeSpan pingAfter, TimeSpan deadAfter, TimeProvider time)
    {
        _pingAfter = pingAfter;
        _deadAfter = deadAfter;
        _time = time;
        _heardAt = time.GetTimestamp();
    }

    public TimeSpan? RoundTrip
    {
        get
        {
            lock (_gate) return _roundTrip;
        }
    }

    public void Heard() => Volatile.Write(ref _heardAt, _time.GetTimestamp());

    public void WriteBegins() => Volatile.Write(ref _writingSince, Math.Max(1, _time.GetTimestamp()));

    public void WriteEnds() => Volatile.Write(ref _writingSince, 0);

    /// <summary>True when the link has to be given up.</summary>
    public bool IsDead
    {
        get
        {
            long writingSince = Volatile.Read(ref _writingSince);
            return _time.GetElapsedTime(Volatile.Read(ref _heardAt)) >= _deadAfter
                || (writingSince != 0 && _time.GetElapsedTime(writingSince) >= _deadAfter);
        }
    }

    /// <summary>True when a ping with this number is due.</summary>
    public bool TryPing(out ulong number)
    {
        lock (_gate)
        {
            number = 0;
            if (_isPinging || _time.GetElapsedTime(Volatile.Read(ref _heardAt)) < _pingAfter) return false;
            _isPinging = true;
            _pingedAt = _time.GetTimestamp();
            number = ++_number;
            return true;
        }
    }

    /// <summary>False for a pong to no ping of ours.</summary>
    public bool TryPong(ulong number)
    {
        lock (_gate)
        {
            if (!_isPinging || number != _number) return false;
            _isPinging = false;
            _roundTrip = _time.GetElapsedTime(_pingedAt);
            return true;
        }
    }
}
