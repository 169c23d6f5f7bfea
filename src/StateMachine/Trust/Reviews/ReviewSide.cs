namespace Chain.StateMachine.Trust.Reviews;

/// <summary>Which party of a lease wrote a review, or is rated as that party.</summary>
public enum ReviewSide : byte
{
    Tenant = 1,
    Provider = 2,
}
