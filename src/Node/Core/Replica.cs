using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Chain.Consensus.Core;
using Chain.Node.Peers;

namespace Chain.Node.Core;

/// <summary>
/// The node's one writer: everything that may change consensus or state runs here, one after the other. Timers, peers, the
/// mempool and the RPC server put their wishes into an inbox. What peers send is bounded by <see cref="ReplicaLimits.InboxMax"/>, in bytes as well;
/// of the rest there is one of each kind at most, and a timer for each step of the core.
/// </summary>
public sealed class Replica : IDisposable
{
    private readonly InputScheduler _schedule;
    private readonly ITimer _ticker;
    private readonly SemaphoreSlim _room = new(ReplicaLimits.InboxMax);

    /// <summary>Whoever takes several places: one at a time, or two could each wait for what the other has.</summary>
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentQueue<ReplicaWork> _inbox = new();

    /// <summary>
    /// Set while something may be in the inbox. It does not spin: on a machine with a core a node, that takes the core from who
    /// would fill the inbox. Never disposed: timers and peers may post until the very end.
    /// </summary>
    private readonly ManualResetEventSlim _arrived = new(initialState: false, spinCount: 0);
    private readonly TimeProvider _time;
    private long _lastWork;
    private int _isWorkPosted;
    private int _isTickPosted;
    private int _areTransactionsPosted;

    public Replica(TimeProvider time)
    {
        _time = time;
        _lastWork = time.GetTimestamp();
        _schedule = new InputScheduler(time, input => Post(new ReplicaWork.Feed(input)));
        TimeSpan tick = TimeSpan.FromMilliseconds(PeerLimits.TickMs);
        _ticker = time.CreateTimer(_ => Post(ref _isTickPosted, new ReplicaWork.Tick()), null, tick, tick);
    }

    /// <summary>The timeouts of the core that will run here.</summary>
    public InputScheduler Schedule => _schedule;

    /// <summary>There is something to put into a block. Cheap to call often.</summary>
    public void NotifyWork() => Post(ref _isWorkPosted, new ReplicaWork.Feed(new Input.WorkAvailable()));

    /// <summary>Transactions came from peers. Cheap to call often.</summary>
    public void NotifyTransactions() => Post(ref _areTransactionsPosted, new ReplicaWork.TransactionsCame());

    /// <summary>A connection began or ended.</summary>
    public void Post(ReplicaWork work)
    {
        _inbox.Enqueue(work);
        _arrived.Set();
    }

    /// <summary>Waits for room: a peer that sends faster than this thread works is held back.</summary>
    public async ValueTask PostAsync(ReplicaWork.Received received, CancellationToken cancellation)
    {
        if (received.Places == 1) await _room.WaitAsync(cancellation).ConfigureAwait(false);
        else await TakeManyAsync(received.Places, cancellation).ConfigureAwait(false);
        Post(received);
    }

    /// <summary>Milliseconds since the thread last took up work; it does so every <see cref="PeerLimits.TickMs"/> when all is well.</summary>
    public long IdleMs => (long)_time.GetElapsedTime(Volatile.Read(ref _lastWork)).TotalMilliseconds;

    /// <summary>Where consensus stands, as the replica's thread sees it; null before it began.</summary>
    public async ValueTask<ConsensusView?> LookAsync(CancellationToken cancellation)
    {
        TaskCompletionSource<ConsensusView?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new ReplicaWork.Look(answer));
        return await answer.Task.WaitAsync(ReplicaLimits.LookTimeMax, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs until cancelled; then finishes the block that is under way, if that takes no longer than
    /// <see cref="ReplicaLimits.FinishTimeMax"/>, and syncs log and store. Any exception that leaves this stops the node.
    /// </summary>
    /// <remarks>A thread of its own: behind the signature checks that fill the pool's threads, consensus would wait for its turn.</remarks>
    public Task RunAsync(NodeCore core, CancellationToken cancellation)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() =>
        {
            try
            {
                Run(core, cancellation);
                ended.SetResult();
            }
            catch (Exception fault)
            {
                ended.SetException(fault);
            }
        }) { IsBackground = true, Name = "replica" };
        thread.Start();
        return ended.Task;
    }

    public void Dispose()
    {
        _ticker.Dispose();
        _schedule.Dispose();
        _room.Dispose();
        _turn.Dispose();
    }

    private async Task TakeManyAsync(int places, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        int taken = 0;
        try
        {
            for (; taken < places; taken++) await _room.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (taken > 0) _room.Release(taken);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Run(NodeCore core, CancellationToken cancellation)
    {
        core.Begin();
        try
        {
            while (true) Run(core, Take(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Finish(core);
        }
    }

    private void Finish(NodeCore core)
    {
        core.BeginStop();
        using CancellationTokenSource patience = new(ReplicaLimits.FinishTimeMax);
        try
        {
            while (!core.IsAtRest) Run(core, Take(patience.Token));
        }
        catch (OperationCanceledException)
        {
            // The others do not decide either: the round goes on from the log at the next start.
        }
        core.EndStop();
    }

    private ReplicaWork Take(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ReplicaWork? work;
        while (!_inbox.TryDequeue(out work))
        {
            _arrived.Wait(cancellation);
            // Who posts after this sets it again; who posted before it is found by the next look.
            _arrived.Reset();
        }
        return work;
    }

    private void Run(NodeCore core, ReplicaWork work)
    {
        Volatile.Write(ref _lastWork, _time.GetTimestamp());
        switch (work)
        {
            case ReplicaWork.Feed feed:
                if (feed.Input is Input.WorkAvailable) Volatile.Write(ref _isWorkPosted, 0);
                core.Feed(feed.Input);
                break;
            case ReplicaWork.Received received:
                _room.Release(received.Places);
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
            case ReplicaWork.Failed failed:
                ExceptionDispatchInfo.Throw(failed.Fault);
                break;
            case ReplicaWork.Look look:
                look.Answer.TrySetResult(core.Look());
                break;
            case ReplicaWork.Tick:
                Volatile.Write(ref _isTickPosted, 0);
                core.Tick();
                break;
            default:
                throw new UnreachableException($"{work.GetType().Name} is work of no known kind");
        }
    }

    /// <summary>Puts a wish into the inbox unless it waits there already.</summary>
    private void Post(ref int isPosted, ReplicaWork work)
    {
        if (Interlocked.Exchange(ref isPosted, 1) == 0) Post(work);
    }
}
