namespace Chain.StateMachine.Justice.Cases;

/// <summary>How a case ended.</summary>
public enum CaseOutcome : byte
{
    None = 0,

    /// <summary>The respondent conceded.</summary>
    Conceded = 1,

    /// <summary>The respondent did not answer.</summary>
    Defaulted = 2,

    /// <summary>Both sides agreed.</summary>
    Settled = 3,

    /// <summary>A jury ruled and nobody appealed any more.</summary>
    Ruled = 4,

    /// <summary>No jury could be drawn, or none of it voted: everybody gets back what it put in.</summary>
    NoRuling = 5,
}
