namespace Chain.Consensus.Votes;

/// <summary>What became of a vote.</summary>
public enum VoteOutcome : byte
{
    /// <summary>Not kept: out of bounds, or a further conflicting vote.</summary>
    Dropped = 0,

    /// <summary>Known already.</summary>
    Duplicate,

    /// <summary>Counted, the validator's first.</summary>
    Added,

    /// <summary>The validator's first vote against another one of its own; counted for its block as well.</summary>
    Conflicting,

    /// <summary>A later conflicting vote, counted because somebody builds on its block.</summary>
    AddedConflicting,
}
