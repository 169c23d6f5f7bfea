namespace Chain.StateMachine.Proof.Capacity;

/// <summary>Where a provider's capacity proofs stand.</summary>
public enum CapacityState : byte
{
    /// <summary>Between two epochs.</summary>
    Idle = 1,

    /// <summary>The units of the epoch are fixed, and their challenge is being drawn.</summary>
    Drawing = 2,

    /// <summary>Challenged: the provider has its window to prove its units.</summary>
    Open = 3,
}
