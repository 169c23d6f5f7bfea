namespace Chain.StateMachine.Trust.Attestations;

/// <summary>What an attestation says of its subject. Numbers stand on the wire and in accreditations.</summary>
public enum AttestationSchema : byte
{
    Hardware = 1,
    Region = 2,
    Benchmark = 3,

    /// <summary>A quote of a trusted execution environment; the data hash names it.</summary>
    TeeQuote = 4,

    /// <summary>Keys kept in a hardware security module.</summary>
    Hsm = 5,

    Compliance = 6,
    AuditTier = 7,
    Incident = 8,
    Credential = 9,
}
