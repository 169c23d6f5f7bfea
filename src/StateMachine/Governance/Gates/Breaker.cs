using Chain.StateMachine.Execution;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Gates;

/// <summary>Guardians stopped a kind for a while.</summary>
/// <param name="Until">Market time at which it is free again, of itself.</param>
/// <param name="RestUntil">Market time before which it cannot be stopped again.</param>
public readonly record struct Breaker(MessageKind Kind, MarketTime Until, MarketTime RestUntil);
