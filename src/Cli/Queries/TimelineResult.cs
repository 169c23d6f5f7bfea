using System.Collections.Generic;
using Chain.Client.Answers;

namespace Chain.Cli.Queries;

/// <summary>The events of one object and where the search for them went.</summary>
/// <param name="Events">By height ascending.</param>
/// <param name="First">Lowest height that was looked at.</param>
/// <param name="Last">Highest height that was looked at.</param>
/// <param name="Earliest">Lowest height that the node keeps.</param>
/// <param name="IsComplete">True when the event with which the object begins was found.</param>
internal sealed record TimelineResult(
    IReadOnlyList<(long Height, ChainEvent Event)> Events, long First, long Last, long Earliest, bool IsComplete);
