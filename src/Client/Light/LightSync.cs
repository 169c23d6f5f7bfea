using System.Collections.Generic;
using Chain.Consensus.Light;

namespace Chain.Client.Light;

/// <summary>What following the headers gave.</summary>
/// <param name="Trusted">The verified block; null when a witness proved another one, and then nothing was kept.</param>
/// <param name="Path">How it was verified: the block that was trusted before, then each one verified, in that order.</param>
public sealed record LightSync(LightBlock? Trusted, IReadOnlyList<LightBlock> Path, IReadOnlyList<WitnessReport> Witnesses)
{
    /// <summary>The first proof that two headers of one height were decided; null when there is none.</summary>
    public HeaderConflict? Conflict
    {
        get
        {
            foreach (WitnessReport report in Witnesses)
            {
                if (report.Conflict is { } conflict) return conflict;
            }
            return null;
        }
    }
}
