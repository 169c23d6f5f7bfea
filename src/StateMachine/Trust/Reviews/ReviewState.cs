namespace Chain.StateMachine.Trust.Reviews;

/// <summary>Where a review stands. A review is never changed or deleted.</summary>
public enum ReviewState : byte
{
    /// <summary>Counts nothing until both sides have written, or the window is over.</summary>
    Hidden = 1,

    Published = 2,

    /// <summary>A case found it abusive: it stands as it was written, and counts nothing.</summary>
    Masked = 3,
}
