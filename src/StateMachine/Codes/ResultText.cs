namespace Chain.StateMachine.Codes;

/// <summary>What a code means: what happened, why, and what to do.</summary>
public sealed record ResultText(string What, string Why, string Remedy);
