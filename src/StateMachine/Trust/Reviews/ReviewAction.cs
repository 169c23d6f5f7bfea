namespace Chain.StateMachine.Trust.Reviews;

/// <summary>What a review message does.</summary>
public enum ReviewAction : byte
{
    /// <summary>Rates the other side of a closed lease.</summary>
    Rate = 1,

    /// <summary>Answers the published review that the other side wrote; carries no stars.</summary>
    Reply = 2,
}
