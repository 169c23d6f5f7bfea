using System;

namespace Chain.StateMachine.Execution;

/// <summary>
/// Whole seconds on the market clock: header time less every outage beyond <c>gap_max</c>. All money and deadlines run on
/// it, so an outage charges nobody and lets no deadline fall due unseen.
/// </summary>
public readonly record struct MarketTime(ulong Seconds) : IComparable<MarketTime>
{
    /// <summary>An expiry that never comes.</summary>
    public static readonly MarketTime Never = new(ulong.MaxValue);

    public int CompareTo(MarketTime other) => Seconds.CompareTo(other.Seconds);

    public static MarketTime operator +(MarketTime time, ulong seconds) => new(time.Seconds + seconds);

    public static bool operator <(MarketTime left, MarketTime right) => left.Seconds < right.Seconds;

    public static bool operator >(MarketTime left, MarketTime right) => left.Seconds > right.Seconds;

    public static bool operator <=(MarketTime left, MarketTime right) => left.Seconds <= right.Seconds;

    public static bool operator >=(MarketTime left, MarketTime right) => left.Seconds >= right.Seconds;
}
