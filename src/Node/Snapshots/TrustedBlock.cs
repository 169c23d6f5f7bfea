using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Snapshots;

/// <summary>A block that the operator knows to be of the chain: where trust begins.</summary>
/// <param name="Hash">Of its header.</param>
public readonly record struct TrustedBlock(Height Height, Hash256 Hash);
