using Chain.Primitives.Blocks;

namespace Chain.Networking;

/// <summary>The blocks that a node says it holds when a connection begins; nothing is proven by it.</summary>
/// <param name="First">The oldest; 0 where it holds none.</param>
/// <param name="Last">Its height: that of the newest decided block, 0 before the first.</param>
public readonly record struct BlockRange(Height First, Height Last);
