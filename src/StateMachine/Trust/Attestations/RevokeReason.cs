namespace Chain.StateMachine.Trust.Attestations;

/// <summary>Why an issuer takes an attestation back. Numbers stand on the wire.</summary>
public enum RevokeReason : byte
{
    /// <summary>It was wrong from the start.</summary>
    Mistaken = 1,

    /// <summary>No longer so, or a newer one says it better.</summary>
    Superseded = 2,

    /// <summary>The subject deceived the issuer.</summary>
    Fraud = 3,
}
