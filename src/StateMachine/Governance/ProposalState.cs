namespace Chain.StateMachine.Governance;

/// <summary>Where a proposal stands (marketplace.md 5.2).</summary>
public enum ProposalState : byte
{
    /// <summary>Waits for the rest of its deposit.</summary>
    Deposit = 1,

    /// <summary>The panel gives its opinion.</summary>
    Panel = 2,

    Voting = 3,

    /// <summary>Accepted; takes effect when its time lock is over.</summary>
    Queued = 4,

    /// <summary>Queued, and put off by the guardians, which happens once.</summary>
    Delayed = 5,

    Executed = 6,

    /// <summary>Accepted, but it could not take effect when its time came.</summary>
    Failed = 7,

    Rejected = 8,

    /// <summary>Its deposit did not come together.</summary>
    Expired = 9,
}
