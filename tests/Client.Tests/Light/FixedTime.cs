using System;
using System.Threading;
using Chain.Primitives.Blocks;

namespace Chain.Client.Tests.Light;

/// <summary>A clock that stands where the test puts it; waits end at once.</summary>
internal sealed class FixedTime(Timestamp now) : TimeProvider
{
    public Timestamp Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Now.UnixMs);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, TimeSpan.Zero, period);
}
