using System;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Chain.Consensus.Core;

namespace Chain.Node.Core;

/// <summary>
/// The node's one writer: everything that may change consensus or state runs here, one after the other. Timers, the mempool
/// and the RPC server put their wishes into a bounded inbox.
/// </summary>
public sealed class Replica : IDisposable
{
    private readonly EffectRunner _runner;
    private readonly InputScheduler _schedule;
    private readonly Channel<Input> _inbox = Channel.CreateBounded<Input>(
        new BoundedChannelOptions(ReplicaLimits.InboxMax) { SingleReader = true });
    private int _isWorkPosted;

    public Replica(TimeProvider time, Func<InputScheduler, EffectRunner> makeRunner)
    {
        _schedule = new InputScheduler(time, OnDue);
        _runner = makeRunner(_schedule);
    }

    /// <summary>The last decided block; changes on the replica's thread, may be read on any.</summary>
    public ChainTip Tip => _runner.Tip;

    /// <summary>There is something to put into a block. Cheap to call often.</summary>
    public void NotifyWork()
    {
        if (Interlocked.Exchange(ref _isWorkPosted, 1) == 0 && !_inbox.Writer.TryWrite(new Input.WorkAvailable()))
        {
            Volatile.Write(ref _isWorkPosted, 0);
        }
    }

    /// <summary>Runs until cancelled. Any exception that leaves this stops the node.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        _runner.Begin();
        await foreach (Input input in _inbox.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            if (input is Input.WorkAvailable) Volatile.Write(ref _isWorkPosted, 0);
            _runner.Feed(input);
        }
    }

    public void Dispose() => _schedule.Dispose();

    private void OnDue(Input input)
    {
        // A full inbox must not lose a timeout, on which progress depends.
        if (!_inbox.Writer.TryWrite(input)) _schedule.Schedule(input, ReplicaLimits.RetryMs);
    }
}
