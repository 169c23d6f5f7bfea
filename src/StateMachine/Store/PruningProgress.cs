using System;
using Chain.Primitives;
using Chain.Primitives.Blocks;

namespace Chain.StateMachine.Store;

/// <summary>How far the state's past is pruned.</summary>
/// <param name="Floor">Lowest height that still counts as kept.</param>
/// <param name="Cleaned">Versions up to this one have no stale rows left: walking starts behind their tombstones.</param>
internal readonly record struct PruningProgress(Height Floor, Height Cleaned)
{
    public static PruningProgress Read(IKeyValueReader reader)
    {
        if (reader.Get(Column.Local, StateLayout.PruningKey) is not { } bytes) return default;
        Invariant.Holds(bytes.Length == 2 * sizeof(long), "the pruning progress is readable");
        return new(StateLayout.HeightAt(bytes), StateLayout.HeightAt(bytes.AsSpan(sizeof(long))));
    }

    public void Write(WriteBatch batch) =>
        batch.Put(Column.Local, StateLayout.PruningKey, [.. StateLayout.HeightKey(Floor), .. StateLayout.HeightKey(Cleaned)]);
}
