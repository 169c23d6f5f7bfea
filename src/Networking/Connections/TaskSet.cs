using System;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Networking.Connections;

/// <summary>Counts running tasks, so that a stop can wait for all of them.</summary>
internal sealed class TaskSet
{
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _running = 1;

    /// <summary>Starts the work, which must handle its own failures. False once the set is closed.</summary>
    public bool TryRun(Func<Task> work)
    {
        lock (_gate)
        {
            if (_running == 0) return false;
            _running++;
        }
        _ = Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            finally
            {
                Leave();
            }
        });
        return true;
    }

    /// <summary>Waits until all work is over. To be called once, after the work was told to end.</summary>
    public Task CloseAsync()
    {
        Leave();
        return _empty.Task;
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_running == 0) _empty.TrySetResult();
        }
    }
}
