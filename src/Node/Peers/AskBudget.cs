using System;

namespace Chain.Node.Peers;

/// <summary>How much one peer may have of this node: so many answers, or so many bytes of them, in each second.</summary>
internal sealed class AskBudget(long perSecondMax)
{
    private const long MsPerSecond = 1_000;

    /// <summary>After so long every debt is paid.</summary>
    private const long SecondsMax = 3_600;

    private long _second;
    private long _taken;

    /// <summary>False when this second's part is used up. What one answer takes beyond it is missing from the next second's.</summary>
    public bool TryTake(long nowMs, long amount = 1)
    {
        long second = nowMs / MsPerSecond;
        // A clock that was set back counts as one second more.
        if (second != _second) _taken = Math.Max(0, _taken - (perSecondMax * Math.Clamp(second - _second, 1, SecondsMax)));
        _second = second;
        if (_taken >= perSecondMax) return false;
        _taken += amount;
        return true;
    }
}
