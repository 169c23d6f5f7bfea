using Chain.Primitives.Blocks;

namespace Chain.Consensus.Core;

/// <summary>Names one timeout; a stale one changes nothing, so none is ever cancelled.</summary>
public readonly record struct Timeout(Height Height, Round Round, TimeoutKind Kind);
