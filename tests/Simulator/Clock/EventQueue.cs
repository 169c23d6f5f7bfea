using System;
using System.Collections.Generic;

namespace Chain.Simulator.Clock;

/// <summary>What happens next: one queue for the whole cluster, ordered by time and, at one time, by who asked first.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Action, (long AtUs, long Order)> _events = new();
    private long _order;

    /// <summary>True time since the run began, microseconds. No node sees it.</summary>
    public long NowUs { get; private set; }

    public long Ran { get; private set; }

    public int Waiting => _events.Count;

    public void At(long atUs, Action action) => _events.Enqueue(action, (Math.Max(NowUs, atUs), _order++));

    public void After(long delayUs, Action action) => At(NowUs + delayUs, action);

    /// <summary>Runs the next event; false when it lies after the end, which then becomes the time.</summary>
    public bool RunNext(long endUs)
    {
        if (!_events.TryPeek(out Action? action, out (long AtUs, long Order) due) || due.AtUs > endUs)
        {
            NowUs = Math.Max(NowUs, endUs);
            return false;
        }
        _events.Dequeue();
        NowUs = due.AtUs;
        Ran++;
        action();
        return true;
    }
}
