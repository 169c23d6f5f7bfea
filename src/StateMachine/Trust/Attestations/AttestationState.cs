namespace Chain.StateMachine.Trust.Attestations;

/// <summary>Where an attestation stands. One that expired or was revoked leaves no record; its event tells.</summary>
public enum AttestationState : byte
{
    /// <summary>Open to challenge, or not in force yet.</summary>
    Pending = 1,

    Valid = 2,
}
