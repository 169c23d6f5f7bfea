using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Execution;

/// <summary>What execution of a block answers. Nothing is persisted by it.</summary>
/// <param name="BlockEvents">Facts of the block itself: evidence, timed moves, fees, clock.</param>
/// <param name="ValidatorUpdates">Changes that take effect two heights later.</param>
/// <param name="NextValidators">The set of height H+2.</param>
/// <param name="ParameterChange">The header-relevant parameters, where the block changed them.</param>
/// <param name="Changes">Keys whose value differs from the committed one, ascending; null where deleted.</param>
/// <param name="CallsForAnotherBlock">It carried transactions, evidence or timed moves, so its state wants proving at once.</param>
/// <param name="Block">What its transactions saw of the block.</param>
public sealed record BlockOutcome(
    IReadOnlyList<TransactionOutcome> Results,
    IReadOnlyList<Event> BlockEvents,
    IReadOnlyList<ValidatorUpdate> ValidatorUpdates,
    ValidatorSet NextValidators,
    ConsensusParams? ParameterChange,
    IReadOnlyList<KeyValuePair<StateKey, byte[]?>> Changes,
    bool CallsForAnotherBlock,
    BlockContext Block);
