using System.Collections.Generic;
using Chain.Primitives.Bytes;

namespace Chain.Simulator.Reporting;

/// <summary>What one seed gave.</summary>
/// <param name="Hash">Over all that reached the nodes; the same for every run of the seed.</param>
/// <param name="Failure">What a checker found; null for a clean run.</param>
/// <param name="Lines">The end of the trace, where it was asked for.</param>
internal sealed record SeedReport(
    ulong Seed, Hash256 Hash, string? Failure, Totals Totals, long SimulatedMs, IReadOnlyCollection<string> Lines);
