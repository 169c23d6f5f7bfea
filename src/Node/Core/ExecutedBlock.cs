using Chain.Primitives.Blocks;
using Chain.StateMachine.Execution;

namespace Chain.Node.Core;

/// <summary>A block, its name, and what executing it on the tip below it gave.</summary>
public sealed record ExecutedBlock(Block Block, BlockId Id, BlockOutcome Outcome);
