namespace Chain.Primitives.Blocks;

/// <summary>What a validator's entry in a commit stands for.</summary>
public enum BlockIdFlag : byte
{
    /// <summary>No precommit was received.</summary>
    Absent = 1,

    /// <summary>A precommit for the decided block.</summary>
    Commit = 2,

    /// <summary>A precommit for nil.</summary>
    Nil = 3,
}
