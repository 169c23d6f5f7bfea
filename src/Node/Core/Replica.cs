using System;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Chain.Consensus.Core;
using Chain.Node.Peers;

namespace Chain.Node.Core;

/// <summary>
/// The node's one writer: everything that may change consensus or state runs here, one after the other. Timers, peers, the
/// mempool and the RPC server put their wishes into a bounded inbox.
/// </summary>
public sealed class Replica : IDisposable
{
    private readonly InputScheduler _schedule;
    private readonly ITimer _ticker;
    private readonly Channel<ReplicaWork> _inbox = System.Threading.Channels.Channel.CreateBounded<ReplicaWork>(
        new BoundedChannelOptions(ReplicaLimits.InboxMax) { SingleReader = true });
    private int _isWorkPosted;
    private int _isTickPosted;
    private int _areTransactionsPosted;

    public Replica(TimeProvider time)
    {
        _schedule = new InputScheduler(time, OnDue);
        TimeSpan tick = TimeSpan.FromMilliseconds(PeerLimits.TickMs);
        _ticker = time.CreateTimer(_ => Post(ref _isTickPosted, new ReplicaWork.Tick()), null, tick, tick);
    }

    /// <summary>The timeouts of the core that will run here.</summary>
    public InputScheduler Schedule => _schedule;

    /// <summary>There is something to put into a block. Cheap to call often.</summary>
    public void NotifyWork() => Post(ref _isWorkPosted, new ReplicaWork.Feed(new Input.WorkAvailable()));

    /// <summary>Transactions came from peers. Cheap to call often.</summary>
    public void NotifyTransactions() => Post(ref _areTransactionsPosted, new ReplicaWork.TransactionsCame());

    /// <summary>Waits for room: a peer that sends faster than this thread works is held back.</summary>
    public ValueTask PostAsync(ReplicaWork work, CancellationToken cancellation) => _inbox.Writer.WriteAsync(work, cancellation);

    /// <summary>Runs until cancelled. Any exception that leaves this stops the node.</summary>
    public async Task RunAsync(NodeCore core, CancellationToken cancellation)
    {
        core.Begin();
        await foreach (ReplicaWork work in _inbox.Reader.ReadAllAsync(cancellation).ConfigureAwait(false)) Run(core, work);
    }

    public void Dispose()
    {
        _ticker.Dispose();
        _schedule.Dispose();
    }

    private void Run(NodeCore core, ReplicaWork work)
    {
        switch (work)
        {
            case ReplicaWork.Feed feed:
                if (feed.Input is Input.WorkAvailable) Volatile.Write(ref _isWorkPosted, 0);
                core.Feed(feed.Input);
                break;
            case ReplicaWork.Received received:
                core.Handle(received.Peer, received.Message);
                break;
            case ReplicaWork.Connected connected:
                core.Connected(connected.Peer);
                break;
            case ReplicaWork.Disconnected disconnected:
                core.Disconnected(disconnected.Peer);
                break;
            case ReplicaWork.TransactionsCame:
                Volatile.Write(ref _areTransactionsPosted, 0);
                core.TransactionsCame();
                break;
            default:
                Volatile.Write(ref _isTickPosted, 0);
                core.Tick();
                break;
        }
    }

    /// <summary>Puts a wish into the inbox unless it waits there already. A full inbox drops it; such wishes come again.</summary>
    private void Post(ref int isPosted, ReplicaWork work)
    {
        if (Interlocked.Exchange(ref isPosted, 1) == 0 && !_inbox.Writer.TryWrite(work)) Volatile.Write(ref isPosted, 0);
    }

    private void OnDue(Input input)
    {
        // A full inbox must not lose a timeout, on which progress depends.
        if (!_inbox.Writer.TryWrite(new ReplicaWork.Feed(input))) _schedule.Schedule(input, ReplicaLimits.RetryMs);
    }
}
