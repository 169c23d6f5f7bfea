namespace Chain.StateMachine.Trust.Reputation;

/// <summary>What was counted in one season; both in millionths of a count.</summary>
/// <param name="Number">Time divided by the length of a season.</param>
public readonly record struct ReputationSeason(ulong Number, ulong Good, ulong Total);
