namespace Chain.Consensus.Core;

/// <summary>Facts that the core leaves for the log.</summary>
public enum NoteKind : byte
{
    None = 0,

    /// <summary>A round began.</summary>
    RoundStarted,

    /// <summary>A proposal's time is not within the bounds of its receipt: prevoted nil.</summary>
    ProposalNotTimely,

    /// <summary>A proposal's time differs from its block's: prevoted nil.</summary>
    ProposalTimeDiffers,

    /// <summary>A proposed block is not valid: prevoted nil.</summary>
    ProposalNotValid,

    /// <summary>A second, different proposal of one round; the first one counts.</summary>
    ProposalConflicts,

    /// <summary>Locked on a block (L38).</summary>
    Locked,

    /// <summary>A step ended by its timeout.</summary>
    TimedOut,

    /// <summary>Moved to a later round because f+1 are there (L55).</summary>
    RoundSkipped,

    /// <summary>The guard refused to sign.</summary>
    SignRefused,

    /// <summary>More than two thirds committed a block that is not valid here. The node must stop.</summary>
    InvalidValueCommitted,
}
