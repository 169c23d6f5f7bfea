using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Execution;

/// <summary>How one validator voted for the block before.</summary>
public readonly record struct LastCommitFlag(Address Validator, BlockIdFlag Flag);
