using System;
using System.Collections.Generic;
using Chain.Node.Core;
using Chain.Simulator.Clock;

namespace Chain.Simulator.Cluster;

/// <summary>
/// What waits for the one thread of one life of a node. Each piece of work takes its time; a paused node takes all of it.
/// </summary>
internal sealed class NodeInbox(EventQueue events, Action<Action> run)
{
    private readonly Queue<Action> _waiting = new();
    private bool _isPumping;
    private long _busyUntilUs;

    /// <summary>What one piece of work costs, microseconds.</summary>
    public long CostUs { get; set; }

    public bool IsClosed { get; set; }

    /// <summary>False when there is no room, as the node's own inbox has a bound.</summary>
    public bool TryAdd(Action work)
    {
        if (IsClosed || _waiting.Count >= ReplicaLimits.InboxMax) return false;
        Add(work);
        return true;
    }

    /// <summary>What must not get lost: that a connection is there or gone.</summary>
    public void Add(Action work)
    {
        if (IsClosed) return;
        _waiting.Enqueue(work);
        Pump();
    }

    /// <summary>Does nothing until a time, as a stopped process would.</summary>
    public void PauseUntil(long untilUs) => _busyUntilUs = Math.Max(_busyUntilUs, untilUs);

    private void Pump()
    {
        if (_isPumping) return;
        _isPumping = true;
        events.At(Math.Max(events.NowUs, _busyUntilUs), () =>
        {
            _isPumping = false;
            if (IsClosed) return;
            if (events.NowUs >= _busyUntilUs)
            {
                Action work = _waiting.Dequeue();
                _busyUntilUs = events.NowUs + CostUs;
                run(work);
            }
            if (!IsClosed && _waiting.Count > 0) Pump();
        });
    }
}
