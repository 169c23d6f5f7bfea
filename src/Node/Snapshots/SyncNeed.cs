using Chain.Primitives.Blocks;

namespace Chain.Node.Snapshots;

/// <summary>Something that a peer can be asked for.</summary>
/// <param name="Index">Of a chunk, else 0.</param>
internal readonly record struct SyncNeed(SyncNeedKind Kind, Height Height, int Index = 0);
