using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Export;

/// <summary>What a rollback did.</summary>
/// <param name="From">Newest height before.</param>
/// <param name="To">Newest height now; the blocks above it are in the log.</param>
/// <param name="AppHash">State after that height.</param>
/// <param name="Signed">Height that this node signed last, which a rollback leaves alone.</param>
public sealed record RollbackReport(Height From, Height To, Hash256 AppHash, Height Signed);
