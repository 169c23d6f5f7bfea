using System;

namespace Chain.Networking.Receiving;

/// <summary>A rate with a burst. Not safe for several threads.</summary>
internal sealed class TokenBucket
{
    private readonly TimeProvider _time;
    private readonly long _perSecond;
    private readonly long _burst;
    private long _tokens;
    private long _filledAt;

    public TokenBucket(int perSecond, int burst, TimeProvider time)
    {
        _time = time;
        _perSecond = perSecond;
        _burst = burst;
        _tokens = burst;
        _filledAt = time.GetTimestamp();
    }

    /// <summary>Takes the tokens and goes into debt if need be; answers how long to wait until the debt is paid.</summary>
    public TimeSpan Take(int count)
    {
        Fill();
        _tokens -= count;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds((-_tokens * 1_000_000 / _perSecond) + 1);
    }

    /// <summary>Takes the tokens only when they are there.</summary>
    public bool TryTake(int count)
    {
        Fill();
        if (_tokens < count) return false;
        _tokens -= count;
        return true;
    }

    private void Fill()
    {
        if (_tokens == _burst)
        {
            _filledAt = _time.GetTimestamp();
            return;
        }
        TimeSpan passed = _time.GetElapsedTime(_filledAt);
        // Beyond an hour any bucket is full, and the product below stays far from overflow.
        long micros = (long)Math.Min(passed.TotalMicroseconds, 3_600_000_000);
        long fresh = micros * _perSecond / 1_000_000;
        if (fresh <= 0) return;
        _filledAt = _time.GetTimestamp();
        _tokens = Math.Min(_burst, _tokens + fresh);
    }
}
