using System;
using Chain.Primitives;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>How schemas and states of attestations are written in events, genesis files and commands.</summary>
public static class AttestationNames
{
    public static bool IsKnown(AttestationSchema schema) => Enum.IsDefined(schema);

    public static string Of(AttestationSchema schema) => schema switch
    {
        AttestationSchema.Hardware => "hardware",
        AttestationSchema.Region => "region",
        AttestationSchema.Benchmark => "benchmark",
        AttestationSchema.TeeQuote => "tee_quote",
        AttestationSchema.Hsm => "hsm",
        AttestationSchema.Compliance => "compliance",
        AttestationSchema.AuditTier => "audit_tier",
        AttestationSchema.Incident => "incident",
        AttestationSchema.Credential => "credential",
        _ => throw new InvariantException("a schema has a name"),
    };

    public static bool TryParse(string name, out AttestationSchema schema)
    {
        for (schema = AttestationSchema.Hardware; schema <= AttestationSchema.Credential; schema++)
        {
            if (string.Equals(name, Of(schema), StringComparison.Ordinal)) return true;
        }
        schema = 0;
        return false;
    }

    public static string Of(AttestationState state) => state switch
    {
        AttestationState.Pending => "pending",
        AttestationState.Valid => "valid",
        _ => throw new InvariantException("an attestation's state has a name"),
    };

    public static bool IsKnown(RevokeReason reason) => Enum.IsDefined(reason);

    public static string Of(RevokeReason reason) => reason switch
    {
        RevokeReason.Mistaken => "mistaken",
        RevokeReason.Superseded => "superseded",
        RevokeReason.Fraud => "fraud",
        _ => throw new InvariantException("a reason has a name"),
    };
}
