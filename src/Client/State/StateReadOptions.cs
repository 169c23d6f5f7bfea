using System;
using Chain.Client.Light;
using Chain.Primitives.Blocks;

namespace Chain.Client.State;

/// <summary>How to read the state.</summary>
/// <param name="Height">After which block; null for the newest.</param>
/// <param name="Verify">
/// Checks the proof, usually <see cref="LightProof.Verify"/> with what the caller trusts; a value that is not proven is then
/// an error. Null fetches no proof.
/// </param>
public sealed record StateReadOptions(Height? Height = null, Func<ProofBundle, ProofReport>? Verify = null)
{
    public static readonly StateReadOptions Newest = new();
}
