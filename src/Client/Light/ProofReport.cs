using System.Collections.Generic;
using Chain.Primitives.Blocks;

namespace Chain.Client.Light;

/// <summary>The outcome of checking a <see cref="ProofBundle"/>: what was proven, and how.</summary>
/// <param name="Store">The store that was read.</param>
/// <param name="Key">Raw key.</param>
/// <param name="Value">The proven bytes; null when it was proven that the key holds nothing.</param>
/// <param name="StateHeight">The state is that after this block.</param>
/// <param name="Header">The header of the next block, which carries the state's hash.</param>
/// <param name="Steps">In the order in which one rests on the other.</param>
public sealed record ProofReport(
    string Store, byte[] Key, byte[]? Value, Height StateHeight, Header Header, IReadOnlyList<ProofStep> Steps)
{
    /// <summary>
    /// True when no step failed. A step that was not checked is the caller's to accept; it says what is missing.
    /// </summary>
    public bool IsValid
    {
        get
        {
            foreach (ProofStep step in Steps)
            {
                if (step.State == ProofStepState.Failed) return false;
            }
            return true;
        }
    }
}
