using System;
using System.Diagnostics;
using System.Threading;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;

namespace Chain.Node.Snapshots;

/// <summary>The making of one snapshot, from a view of the store that later blocks do not change.</summary>
internal sealed class SnapshotWork(IKeyValueSnapshot view, SnapshotMaker maker, SnapshotStore snapshots)
{
    /// <summary>Held while something is done.</summary>
    private readonly Lock _piece = new();
    private volatile bool _isOver;

    public Height Height => maker.Height;

    /// <summary>Nothing more is done, and the view is closed.</summary>
    public bool IsOver => _isOver;

    /// <summary>All chunks are cut and saved; else the state is too large. Once over.</summary>
    public bool IsWhole => maker.IsDone;

    public SnapshotManifest Manifest => maker.Manifest();

    public int ChunkCount => maker.ChunkCount;

    /// <summary>What stopped it; must stop the node.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Works to the end, on a thread of its own, and leaves at least half of a core to others.</summary>
    public void Run()
    {
        while (!IsOver)
        {
            long started = Stopwatch.GetTimestamp();
            lock (_piece)
            {
                if (!_isOver) Step();
            }
            Thread.Sleep(Stopwatch.GetElapsedTime(started));
        }
    }

    /// <summary>Ends it. When this returns nothing is read or written any more.</summary>
    public void Stop()
    {
        lock (_piece)
        {
            if (!_isOver) End();
        }
    }

    /// <summary>A bounded piece of work.</summary>
    public void Step()
    {
        try
        {
            if (maker.Step(SyncLimits.PairsPerStep) is { } chunk) snapshots.SaveChunk(Height, maker.ChunkCount - 1, chunk);
            if (maker.IsDone || maker.ChunkCount == SnapshotLimits.ChunksMax) End();
        }
        catch (ObjectDisposedException)
        {
            // The node stops; the next start begins anew.
            End();
        }
#pragma warning disable CA1031 // Handed to the replica's thread, where it stops the node.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Fault = fault;
            End();
        }
    }

    private void End()
    {
        view.Dispose();
        _isOver = true;
    }
}
