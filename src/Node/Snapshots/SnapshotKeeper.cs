using System.Collections.Generic;
using System.Linq;
using Chain.Node.Core;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Snapshots;

/// <summary>
/// Makes a snapshot at every multiple of an interval, a little at each tick, from the history of the state: blocks go on
/// meanwhile. Used on the replica's thread.
/// </summary>
/// <param name="interval">Blocks between two snapshots; 0 for none.</param>
public sealed class SnapshotKeeper(IKeyValueStore store, SnapshotStore snapshots, long interval, ILogger logger)
{
    private SnapshotMaker? _maker;
    private Height? _tried;

    /// <summary>The state of this height is being read and must not be pruned; null while none is.</summary>
    public Height? Making => _maker?.Height;

    /// <summary>The lowest height whose block and header somebody needs who fetches from here; null without any.</summary>
    public Height? NeededFrom => snapshots.Heights() is [Height oldest, ..] ? oldest : Making;

    /// <summary>Does a bounded piece of work.</summary>
    public void Tick(Height tip)
    {
        if (_tried is null) Begin(tip);
        if (_maker is null && interval > 0) Open(new Height(tip.Value - (tip.Value % interval)));
        if (_maker is null || _maker.Step(SyncLimits.PairsPerTick) is not { } chunk) return;
        snapshots.SaveChunk(_maker.Height, _maker.ChunkCount - 1, chunk);
        if (_maker.IsDone) Finish(_maker);
        else if (_maker.ChunkCount == SnapshotLimits.ChunksMax) GiveUp(_maker);
    }

    /// <summary>After a start nothing is left of what was not finished, nor of heights that were rolled back.</summary>
    private void Begin(Height tip)
    {
        List<Height> kept = [.. snapshots.Heights()];
        kept.RemoveAll(height => height > tip);
        snapshots.KeepOnly(kept);
        _tried = kept.Count > 0 ? kept[^1] : new Height(0);
    }

    private void Open(Height due)
    {
        if (due <= _tried) return;
        _tried = due;
        _maker = SnapshotMaker.Begin(store, due);
    }

    private void Finish(SnapshotMaker made)
    {
        snapshots.Finish(made.Manifest());
        NodeLog.SnapshotMade(logger, made.Height.Value, made.ChunkCount);
        IReadOnlyList<Height> whole = snapshots.Heights();
        snapshots.KeepOnly([.. whole.Skip(whole.Count - SyncLimits.SnapshotsKept)]);
        _maker = null;
    }

    private void GiveUp(SnapshotMaker made)
    {
        NodeLog.Notice(logger, $"the state of height {made.Height} has more than {SnapshotLimits.ChunksMax} chunks: no snapshot is made");
        snapshots.KeepOnly(snapshots.Heights());
        _maker = null;
    }
}
