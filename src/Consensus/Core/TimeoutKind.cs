namespace Chain.Consensus.Core;

/// <summary>What a timeout is for.</summary>
public enum TimeoutKind : byte
{
    /// <summary>Round 0 has waited long enough for work: an empty block is due.</summary>
    EmptyBlock = 0,

    /// <summary>L57: no acceptable proposal came.</summary>
    Propose = 1,

    /// <summary>L61: the prevotes do not agree.</summary>
    Prevote = 2,

    /// <summary>L65: the precommits do not agree.</summary>
    Precommit = 3,
}
