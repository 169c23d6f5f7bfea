using Chain.Primitives.Blocks;

namespace Chain.Node.Snapshots;

/// <summary>How far a node has come that begins from a snapshot.</summary>
/// <param name="Height">Of the snapshot; null while none is chosen.</param>
/// <param name="HasHeader">The header that names its state is verified; chunks are fetched from then on.</param>
/// <param name="Chunks">How many it has.</param>
/// <param name="ChunksHere">How many of them are verified and on the disk.</param>
public sealed record SyncProgress(Height? Height, bool HasHeader, int Chunks, int ChunksHere)
{
    /// <summary>For people.</summary>
    public override string ToString()
    {
        if (Height is not { } height) return "no peer has offered a snapshot that fits yet";
        return HasHeader
            ? $"{ChunksHere} of {Chunks} chunks of the snapshot of height {height} are here"
            : $"the header of the snapshot of height {height} is being verified";
    }
}
