using System;
using System.Threading;

namespace Chain.Node.Core;

/// <summary>The node's wall clock in Unix milliseconds. On development networks it can be moved forward, never back.</summary>
public sealed class NodeClock(TimeProvider time)
{
    private long _offsetMs;

    public TimeProvider Time => time;

    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds() + Interlocked.Read(ref _offsetMs);

    /// <summary>Moves the clock forward; only <c>chain dev</c> does.</summary>
    public void Advance(long ms)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ms);
        Interlocked.Add(ref _offsetMs, ms);
    }
}
