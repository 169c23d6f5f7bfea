using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Rpc;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.Node.Core;

/// <summary>
/// Moves a development chain through time. The market clock ignores all of a gap between headers beyond <c>gap_max</c>, so a
/// long way is gone in steps, with a block after each.
/// </summary>
public sealed class DevClock(NodeClock clock, Action notifyWork, Func<ChainTip> tip, BlockFeed feed, IStateReader state) : IDevClock, IDisposable
{
    /// <summary>How often a block is asked for again while an older one was on its way.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _one = new(1);

    public async Task<Timestamp> AdvanceAsync(long seconds, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            long targetMs = clock.NowMs + (seconds * 1000);
            // The seconds that pass meanwhile count as well, so a step leaves room for them.
            long stepMaxMs = Math.Max(1, ((long)Parameters.Load(state).GapMaxSeconds / 2) - 1) * 1000;
            // The market would not count all of the time that a chain has stood still and the step after it.
            if (clock.NowMs - tip().Time.UnixMs > stepMaxMs / 2) await BlockAtAsync(clock.NowMs, cancellation).ConfigureAwait(false);
            while (clock.NowMs < targetMs)
            {
                long stepMs = Math.Min(targetMs, clock.NowMs + stepMaxMs);
                clock.AdvanceTo(stepMs);
                await BlockAtAsync(stepMs, cancellation).ConfigureAwait(false);
            }
            await BlockAtAsync(targetMs, cancellation).ConfigureAwait(false);
            return tip().Time;
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task<Timestamp> AdvanceToAsync(Timestamp time, long systemMs, CancellationToken cancellation)
    {
        clock.AdvanceOffsetTo(time.UnixMs - systemMs);
        await BlockAtAsync(time.UnixMs, cancellation).ConfigureAwait(false);
        return tip().Time;
    }

    /// <summary>
    /// Moves the clock to the chain's time where it is behind: after a restart, or when it did not run while the others were
    /// moved. A validator with a clock behind the others could not propose.
    /// </summary>
    public void CatchUp() => clock.AdvanceTo(tip().Time.UnixMs);

    public void Dispose() => _one.Dispose();

    /// <summary>Returns once a block is decided whose time is not before this.</summary>
    private async Task BlockAtAsync(long timeMs, CancellationToken cancellation)
    {
        while (true)
        {
            ChainTip newest = tip();
            if (newest.Time.UnixMs >= timeMs) return;
            notifyWork();
            using CancellationTokenSource soon = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            soon.CancelAfter(AskAgain);
            try
            {
                await feed.WaitBeyondAsync(newest.Height, soon.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // An older block was on its way; ask again.
            }
        }
    }
}
