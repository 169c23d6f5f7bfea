using Chain.Primitives.Blocks;

namespace Chain.Consensus.Core;

/// <summary>What the core knows about one block of the height.</summary>
internal sealed class KnownValue(BlockId id)
{
    public BlockId Id { get; } = id;

    /// <summary>Round that made the core ask for validation.</summary>
    public Round AskedIn { get; init; }

    /// <summary>valid(v) of the paper; null until the answer comes.</summary>
    public bool? IsValid { get; set; }

    /// <summary>The header's time, when valid.</summary>
    public Timestamp Time { get; set; }

    /// <summary>The runner was told that two thirds committed it although it is not valid.</summary>
    public bool IsReported { get; set; }

    /// <summary>The runner was told to put the whole block into the WAL.</summary>
    public bool IsPersisted { get; set; }
}
