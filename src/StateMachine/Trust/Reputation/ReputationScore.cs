namespace Chain.StateMachine.Trust.Reputation;

/// <summary>A part of a reputation with its sample count, both as they are at one moment.</summary>
/// <param name="Ppm">The lower bound; 0 without samples.</param>
/// <param name="Samples">Decayed count in millionths.</param>
public readonly record struct ReputationScore(ulong Ppm, ulong Samples);
