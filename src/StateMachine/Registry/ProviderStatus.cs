namespace Chain.StateMachine.Registry;

/// <summary>Where a provider stands (marketplace.md 5.2).</summary>
public enum ProviderStatus : byte
{
    /// <summary>Registered, not yet proven.</summary>
    Probation = 1,

    Active = 2,

    /// <summary>Takes nothing new, by its own wish.</summary>
    Paused = 3,

    /// <summary>Missed a snapshot of its capacity; the next good one brings it back.</summary>
    Suspended = 4,

    /// <summary>Stake below the minimum, or too many failed proofs.</summary>
    Jailed = 5,

    /// <summary>Takes nothing new and waits for its leases to end.</summary>
    Exiting = 6,

    Retired = 7,
}
