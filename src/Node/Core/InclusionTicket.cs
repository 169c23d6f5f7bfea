using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Core;

/// <summary>One caller's wait for one transaction.</summary>
public sealed class InclusionTicket : IDisposable
{
    private readonly InclusionWatch _watch;
    private readonly TimeProvider _time;
    private readonly Hash256 _id;
    private readonly TaskCompletionSource _source;

    internal InclusionTicket(InclusionWatch watch, TimeProvider time, Hash256 id, TaskCompletionSource source)
    {
        _watch = watch;
        _time = time;
        _id = id;
        _source = source;
    }

    /// <summary>True once the transaction is in a durable block; false when the time is over.</summary>
    public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            await _source.Task.WaitAsync(timeout, _time, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public void Dispose() => _watch.Forget(_id, _source);
}
