using System;
using System.Threading;

namespace Chain.Node.Core;

/// <summary>The node's wall clock in Unix milliseconds. On development networks it can be moved forward, never back.</summary>
public sealed class NodeClock(TimeProvider time)
{
    private long _offsetMs;

    public TimeProvider Time => time;

    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds() + Interlocked.Read(ref _offsetMs);

    /// <summary>Moves the clock forward to a time, where it is not there yet; only <c>chain dev</c> does. Two at once do not add up.</summary>
    public void AdvanceTo(long unixMs)
    {
        while (true)
        {
            long offset = Interlocked.Read(ref _offsetMs);
            long behind = unixMs - time.GetUtcNow().ToUnixTimeMilliseconds() - offset;
            if (behind <= 0 || Interlocked.CompareExchange(ref _offsetMs, offset + behind, offset) == offset) return;
        }
    }
}
