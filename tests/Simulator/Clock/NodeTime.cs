using System;
using System.Threading;

namespace Chain.Simulator.Clock;

/// <summary>
/// The clock of one node's life: true time, drifting by some parts per million, and for the wall clock an offset besides. Its
/// timers run through the node, which may be slow, paused or dead by then.
/// </summary>
/// <param name="run">Runs a due timer's callback as one of the node's events.</param>
internal sealed class NodeTime(EventQueue events, long startUnixMs, long driftPpm, Action<Action> run) : TimeProvider
{
    private const long TicksPerUs = TimeSpan.TicksPerMicrosecond;
    private const long Million = 1_000_000;

    /// <summary>How far the wall clock is ahead of true time, besides the drift. Microseconds.</summary>
    public long OffsetUs { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>What the event queue says; for traces, not for the node.</summary>
    public long TrueUs => events.NowUs;

    private long LocalUs => events.NowUs + (events.NowUs * driftPpm / Million);

    public override long GetTimestamp() => LocalUs * TicksPerUs;

    public override DateTimeOffset GetUtcNow() =>
        DateTimeOffset.FromUnixTimeMilliseconds(startUnixMs).AddTicks((LocalUs + OffsetUs) * TicksPerUs);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        NodeTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private void After(TimeSpan localDelay, Action action)
    {
        long delayUs = localDelay.Ticks / TicksPerUs;
        // Rounded up: a timer never fires before its time.
        events.After(((delayUs * Million) + Million + driftPpm - 1) / (Million + driftPpm), action);
    }

    private sealed class NodeTimer(NodeTime time, Action callback) : ITimer
    {
        private long _version;
        private TimeSpan _period;
        private bool _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_isDisposed) return false;
            _version++;
            _period = period;
            if (dueTime >= TimeSpan.Zero) Arm(dueTime);
            return true;
        }

        public void Dispose() => _isDisposed = true;

        public System.Threading.Tasks.ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Arm(TimeSpan delay)
        {
            long version = _version;
            time.After(delay, () =>
            {
                if (IsCurrent(version)) time.Run(() => Fire(version));
            });
        }

        private bool IsCurrent(long version) => !_isDisposed && version == _version;

        private void Fire(long version)
        {
            if (!IsCurrent(version)) return;
            if (_period > TimeSpan.Zero) Arm(_period);
            callback();
        }
    }

    private void Run(Action action) => run(action);
}
