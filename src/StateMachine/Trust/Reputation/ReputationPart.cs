namespace Chain.StateMachine.Trust.Reputation;

/// <summary>What an address is counted for. The first group is of providers, the second of tenants. Numbers stand in keys.</summary>
public enum ReputationPart : byte
{
    /// <summary>Epochs of its leases that were judged as good.</summary>
    Availability = 1,

    /// <summary>Challenges of capacity and storage that it met.</summary>
    Proof = 2,

    /// <summary>Results of tasks that agreed with the others.</summary>
    Task = 3,

    /// <summary>Leases that it did not leave early.</summary>
    Exit = 4,

    /// <summary>Leases that ended without a case lost.</summary>
    Dispute = 5,

    /// <summary>Leases that it paid for to their end.</summary>
    Pay = 16,

    /// <summary>Leases that it started in time.</summary>
    Start = 17,

    /// <summary>Leases that ended without a case lost, as a tenant.</summary>
    TenantDispute = 18,
}
