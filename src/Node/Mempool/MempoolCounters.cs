using System.Threading;
using Chain.Node.Metrics;
using Chain.StateMachine.Execution;

namespace Chain.Node.Mempool;

/// <summary>What became of transactions since the start, in the terms of CometBFT's metrics. Safe for many threads.</summary>
public sealed class MempoolCounters
{
    private long _admitted;
    private long _alreadyReceived;
    private long _rejected;
    private long _failed;
    private long _evicted;
    private long _rechecked;
    private long _reaped;

    /// <summary>Taken in.</summary>
    public long Admitted => Interlocked.Read(ref _admitted);

    /// <summary>Came again while it waited.</summary>
    public long AlreadyReceived => Interlocked.Read(ref _alreadyReceived);

    /// <summary>Right, but there was no room for it.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Refused by a check.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Had to leave without a block: gave way to one that pays more, expired, or could not pay any more.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>Looked at again, since a block touched the account.</summary>
    public long Rechecked => Interlocked.Read(ref _rechecked);

    /// <summary>Taken for a block of this node; the same one may be taken again.</summary>
    public long Reaped => Interlocked.Read(ref _reaped);

    /// <summary>Bytes of those that were taken in; places as in CometBFT.</summary>
    public Histogram Sizes { get; } = new(1, 3, 9, 27, 81, 243, 729);

    /// <summary>A transaction came, and this was said to it.</summary>
    internal void Came(ResultCode code, int bytes)
    {
        if (code == ResultCode.Ok) Sizes.Observe(bytes);
        switch (code)
        {
            case ResultCode.Ok: Interlocked.Increment(ref _admitted); break;
            case ResultCode.Duplicate: Interlocked.Increment(ref _alreadyReceived); break;
            case ResultCode.MempoolFull: Interlocked.Increment(ref _rejected); break;
            default: Interlocked.Increment(ref _failed); break;
        }
    }

    internal void WasEvicted(int count) => Interlocked.Add(ref _evicted, count);

    internal void WasRechecked(int count) => Interlocked.Add(ref _rechecked, count);

    internal void WasReaped(int count) => Interlocked.Add(ref _reaped, count);
}
