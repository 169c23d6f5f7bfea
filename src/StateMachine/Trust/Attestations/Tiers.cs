namespace Chain.StateMachine.Trust.Attestations;

/// <summary>
/// Tiers of providers, from 0, which is what is known of a stranger, to 4. An attestation of some schemas may state one; see
/// docs/adr/0009-capacity-and-tiers.md.
/// </summary>
public static class Tiers
{
    /// <summary>The highest tier.</summary>
    public const byte Max = 4;

    /// <summary>Two issuers whose tiers are further apart than this contradict each other.</summary>
    public const int ApartMax = 1;

    /// <summary>True for a schema whose attestations may state a tier.</summary>
    public static bool MayState(AttestationSchema schema) =>
        schema is AttestationSchema.Hardware or AttestationSchema.Benchmark or AttestationSchema.AuditTier;

    /// <summary>True when two statements cannot both be right. One without a tier contradicts nothing.</summary>
    public static bool AreApart(byte first, byte second) =>
        first > 0 && second > 0 && (first > second ? first - second : second - first) > ApartMax;
}
