using System;
using System.Collections.Generic;
using System.Threading;
using Chain.Consensus.Core;
using Timeout = System.Threading.Timeout;

namespace Chain.Node.Core;

/// <summary>
/// Hands inputs to the core when they are due, through one timer. Those of heights that are over are forgotten, so
/// at most a few rounds' worth are held.
/// </summary>
public sealed class InputScheduler : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action<Input> _elapsed;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Input, long> _due = new();
    private readonly ITimer _timer;

    /// <param name="elapsed">Called on a timer thread; must not block.</param>
    public InputScheduler(TimeProvider time, Action<Input> elapsed)
    {
        _time = time;
        _elapsed = elapsed;
        _timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Schedule(Input input, long delayMs)
    {
        lock (_lock)
        {
            _due.Enqueue(input, NowMs + Math.Max(0, delayMs));
            Arm();
        }
    }

    /// <summary>Forgets everything: a new height began.</summary>
    public void Clear()
    {
        lock (_lock) _due.Clear();
    }

    public void Dispose() => _timer.Dispose();

    private long NowMs => _time.GetTimestamp() * 1000 / _time.TimestampFrequency;

    private void Arm()
    {
        if (!_due.TryPeek(out _, out long dueMs)) return;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, dueMs - NowMs)), Timeout.InfiniteTimeSpan);
    }

    private void Fire()
    {
        List<Input> elapsed = [];
        lock (_lock)
        {
            while (_due.TryPeek(out Input? input, out long dueMs) && dueMs <= NowMs)
            {
                _due.Dequeue();
                elapsed.Add(input);
            }
            Arm();
        }
        foreach (Input input in elapsed) _elapsed(input);
    }
}
