namespace Chain.StateMachine.Justice.Slashing;

/// <summary>What somebody signs for others off the chain, of which there must be one alone for a reference and an epoch.</summary>
public enum StatementKind : byte
{
    /// <summary>A provider's log root of a lease.</summary>
    LogRoot = 1,

    /// <summary>A provider's inventory snapshot.</summary>
    Snapshot = 2,

    /// <summary>A prober's measurement of a lease.</summary>
    Probe = 3,

    /// <summary>An auditor's finding about a provider.</summary>
    Finding = 4,
}
