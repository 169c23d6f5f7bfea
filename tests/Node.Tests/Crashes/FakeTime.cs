using System;
using System.Collections.Generic;
using System.Threading;

namespace Chain.Node.Tests.Crashes;

/// <summary>A clock that stands still until a test moves it. Timers fire on the caller's thread.</summary>
internal sealed class FakeTime(long nowMs) : TimeProvider
{
    private readonly List<FakeTimer> _timers = [];

    /// <summary>Unix milliseconds.</summary>
    public long NowMs { get; private set; } = nowMs;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => NowMs;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        FakeTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    public void Advance(long ms) => NowMs += ms;

    /// <summary>Moves to the next timer and fires it; false when there is none.</summary>
    public bool FireNext()
    {
        FakeTimer? next = null;
        foreach (FakeTimer timer in _timers)
        {
            if (timer.DueMs is { } due && (next is null || due < next.DueMs)) next = timer;
        }
        if (next is null) return false;
        NowMs = Math.Max(NowMs, next.DueMs!.Value);
        next.Fire();
        return true;
    }

    private sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        /// <summary>Null while the timer rests.</summary>
        public long? DueMs { get; private set; }

        public void Fire()
        {
            DueMs = null;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueMs = dueTime == Timeout.InfiniteTimeSpan ? null : time.NowMs + (long)dueTime.TotalMilliseconds;
            return true;
        }

        public void Dispose() => time._timers.Remove(this);

        public System.Threading.Tasks.ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
