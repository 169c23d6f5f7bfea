using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Registry;

/// <summary>Stake on its way out: still slashable, claimable from <c>Due</c> on.</summary>
public readonly record struct UnbondingEntry(ulong Amount, MarketTime Due);
