using Chain.Networking;
using Chain.Primitives.Blocks;

namespace Chain.Node.Peers;

/// <summary>A decided block as a peer sent it.</summary>
/// <param name="Id">Computed here, from the block.</param>
/// <param name="Commit">The peer's commit, or the one that the next block carries.</param>
/// <param name="Bytes">Size of the encoded block.</param>
public sealed record FetchedBlock(Block Block, BlockId Id, Commit Commit, IPeer Source, int Bytes);
