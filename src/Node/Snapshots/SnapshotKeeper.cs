using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using Chain.Node.Core;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Snapshots;

/// <summary>
/// Makes a snapshot at every multiple of an interval, from a view of the store: blocks go on meanwhile. Used on the replica's
/// thread.
/// </summary>
/// <param name="interval">Blocks between two snapshots; 0 for none.</param>
/// <param name="runApart">Runs the work beside this thread; null to do a piece of it at each tick.</param>
public sealed class SnapshotKeeper(
    IKeyValueStore store, SnapshotStore snapshots, long interval, Action<Action>? runApart, ILogger logger)
    : IDisposable
{
    private SnapshotWork? _work;
    private IReadOnlyList<Height> _whole = snapshots.Heights();
    private Height? _tried;

    /// <summary>The height whose snapshot is being made.</summary>
    public Height? Making => _work?.Height;

    /// <summary>The lowest height whose block and header somebody needs who fetches from here; null without any.</summary>
    public Height? NeededFrom => _whole is [Height oldest, ..] ? oldest : Making;

    /// <summary>Begins and ends snapshots.</summary>
    public void Tick(Height tip)
    {
        if (_tried is null) Begin(tip);
        if (_work is null && interval > 0) Open(new Height(tip.Value - (tip.Value % interval)));
        if (_work is not { } work) return;
        if (runApart is null) work.Step();
        if (!work.IsOver) return;
        _work = null;
        if (work.Fault is { } fault) ExceptionDispatchInfo.Throw(fault);
        if (work.IsWhole) Finish(work);
        else GiveUp(work);
    }

    /// <summary>
    /// Ends what runs apart, before the store is closed: a database that is still read when the process ends aborts it. The next start
    /// begins anew.
    /// </summary>
    public void Dispose()
    {
        _work?.Stop();
        _work = null;
    }

    /// <summary>After a start nothing is left of what was not finished, nor of heights that were rolled back.</summary>
    private void Begin(Height tip)
    {
        snapshots.DropUnfinished();
        Keep([.. _whole.Where(height => height <= tip)]);
        _tried = _whole.Count > 0 ? _whole[^1] : new Height(0);
    }

    private void Open(Height due)
    {
        if (due <= _tried) return;
        _tried = due;
        IKeyValueSnapshot view = store.Snapshot();
        if (SnapshotMaker.Begin(view, due) is not { } maker)
        {
            view.Dispose();
            return;
        }
        snapshots.Start(due);
        _work = new SnapshotWork(view, maker, snapshots);
        runApart?.Invoke(_work.Run);
    }

    private void Finish(SnapshotWork work)
    {
        snapshots.Finish(work.Manifest);
        NodeLog.SnapshotMade(logger, work.Height.Value, work.ChunkCount);
        Keep([.. _whole.Append(work.Height).TakeLast(SyncLimits.SnapshotsKept)]);
    }

    private void GiveUp(SnapshotWork work)
    {
        NodeLog.Notice(logger, $"the state of height {work.Height} has more than {SnapshotLimits.ChunksMax} chunks: no snapshot is made");
        snapshots.DropUnfinished();
    }

    private void Keep(IReadOnlyList<Height> kept)
    {
        foreach (Height height in snapshots.Heights())
        {
            if (!kept.Contains(height)) snapshots.Delete(height);
        }
        _whole = kept;
    }
}
