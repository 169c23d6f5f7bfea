using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Core;

/// <summary>
/// Wakes those who wait for a transaction once the block that carries it is durable. Bounded: a caller past the limit is
/// told at once that it cannot wait. Safe for many threads.
/// </summary>
public sealed class InclusionWatch(TimeProvider time)
{
    /// <summary>Callers that may wait at the same time.</summary>
    private const int WaitersMax = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Hash256, List<TaskCompletionSource>> _waiting = [];
    private int _count;

    /// <summary>
    /// Starts to wait; call before the transaction can be included. Await <see cref="InclusionTicket.Task"/>, dispose always.
    /// Null when too many wait already.
    /// </summary>
    public InclusionTicket? Expect(Hash256 id)
    {
        lock (_lock)
        {
            if (_count >= WaitersMax) return null;
            _count++;
            TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_waiting.TryGetValue(id, out List<TaskCompletionSource>? sources)) _waiting.Add(id, sources = []);
            sources.Add(source);
            return new InclusionTicket(this, time, id, source);
        }
    }

    /// <summary>Tells the watch that a durable block carries this transaction.</summary>
    public void Included(in Hash256 id)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(id, out List<TaskCompletionSource>? sources)) return;
            foreach (TaskCompletionSource source in sources) source.TrySetResult();
        }
    }

    internal void Forget(in Hash256 id, TaskCompletionSource source)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(id, out List<TaskCompletionSource>? sources) || !sources.Remove(source)) return;
            _count--;
            if (sources.Count == 0) _waiting.Remove(id);
        }
    }
}
