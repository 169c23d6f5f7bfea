using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Client.State;

/// <summary>How to read the state.</summary>
/// <param name="Height">After which block; null for the newest.</param>
/// <param name="Prove">Fetch a proof and check it; a value that is not proven is then an error.</param>
/// <param name="TrustedValidators">validators_hash of a set that the caller trusts, for the proof; null for none.</param>
public sealed record StateReadOptions(Height? Height = null, bool Prove = false, Hash256? TrustedValidators = null)
{
    public static readonly StateReadOptions Newest = new();
}
