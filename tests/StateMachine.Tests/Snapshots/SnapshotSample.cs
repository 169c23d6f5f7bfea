using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tests.Snapshots;

/// <summary>A whole snapshot in memory.</summary>
internal sealed record SnapshotSample(SnapshotManifest Manifest, IReadOnlyList<SnapshotChunk> Chunks)
{
    public static SnapshotSample Make(IKeyValueReader reader, Height height, int chunkBytes, int pairsPerStep = 7)
    {
        SnapshotMaker maker = SnapshotMaker.Begin(reader, height, chunkBytes)!;
        List<SnapshotChunk> chunks = [];
        while (!maker.IsDone)
        {
            if (maker.Step(pairsPerStep) is { } chunk) chunks.Add(chunk);
        }
        Assert.Equal(chunks.Count, maker.ChunkCount);
        return new SnapshotSample(maker.Manifest(), chunks);
    }
}
