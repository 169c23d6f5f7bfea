namespace Chain.Client.Errors;

/// <summary>What a code means: what happened, why, and what to do.</summary>
public sealed record ErrorText(string What, string Why, string Remedy);
