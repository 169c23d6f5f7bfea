namespace Chain.Consensus.Light;

/// <summary>Whether a commit proves that a block was decided, or why not.</summary>
public enum CommitVerdict : byte
{
    Valid = 0,

    /// <summary>Not one entry for each validator.</summary>
    WrongSize,

    WrongHeight,

    WrongBlock,

    /// <summary>An entry names another validator than the one at its place.</summary>
    WrongAddress,

    /// <summary>An absent entry carries data, or a flag is none of the three.</summary>
    MalformedEntry,

    WrongSignature,

    /// <summary>One validator stands in two entries.</summary>
    RepeatedValidator,

    /// <summary>Two thirds or less of the power signed the block.</summary>
    NotEnoughPower,
}
