using Chain.Client.Light;
using Chain.Primitives.Blocks;

namespace Chain.Client.State;

/// <summary>An object of the state.</summary>
/// <param name="Value">Null when there is none.</param>
/// <param name="Height">It is the state after this block.</param>
/// <param name="Proof">What was checked; null when no proof was asked for.</param>
public sealed record StateValue<T>(T? Value, Height Height, ProofReport? Proof) where T : class;
