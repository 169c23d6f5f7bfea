using System.Collections.Generic;
using Chain.Primitives.Blocks;

namespace Chain.Node.Core;

/// <summary>The votes of one round, by validator; null where none came.</summary>
public sealed record RoundView(Round Round, IReadOnlyList<Vote?> Prevotes, IReadOnlyList<Vote?> Precommits);
