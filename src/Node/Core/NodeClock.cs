using System;
using System.Threading;

namespace Chain.Node.Core;

/// <summary>The node's wall clock in Unix milliseconds. On development networks it can be moved forward, never back.</summary>
public sealed class NodeClock(TimeProvider time)
{
    private long _offsetMs;

    public TimeProvider Time => time;

    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds() + Interlocked.Read(ref _offsetMs);

    /// <summary>Moves the clock forward to a time, where it is not there yet; only development networks do. Two at once do not add up.</summary>
    public void AdvanceTo(long unixMs) => AdvanceOffsetTo(unixMs - time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The same by what it is ahead of the machine's own clock, in milliseconds: clocks on one machine that get the same agree.</summary>
    public void AdvanceOffsetTo(long offsetMs)
    {
        while (true)
        {
            long before = Interlocked.Read(ref _offsetMs);
            if (offsetMs <= before || Interlocked.CompareExchange(ref _offsetMs, offsetMs, before) == before) return;
        }
    }
}
