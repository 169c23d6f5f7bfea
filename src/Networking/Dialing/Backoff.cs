using System;

namespace Chain.Networking.Dialing;

/// <summary>Waits that double, each half fixed and half random, so that nodes that lost each other at once do not return at once.</summary>
internal sealed class Backoff
{
    private readonly TimeSpan _min;
    private readonly TimeSpan _max;
    private readonly Func<double> _jitter;
    private int _attempts;

    /// <param name="jitter">Draws from [0, 1).</param>
    public Backoff(TimeSpan min, TimeSpan max, Func<double> jitter)
    {
        _min = min;
        _max = max;
        _jitter = jitter;
    }

    public TimeSpan Next()
    {
        TimeSpan full = _min * (1L << Math.Min(_attempts, 20));
        if (full > _max) full = _max;
        _attempts++;
        return (full / 2) + (full / 2 * _jitter());
    }

    public void Reset() => _attempts = 0;
}
