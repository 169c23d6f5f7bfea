namespace Chain.StateMachine.Admission;

/// <summary>What validators decide about. Numbers stand on the wire.</summary>
public enum AdmitSubject : byte
{
    /// <summary>The validator seat of a provider.</summary>
    Seat = 1,

    /// <summary>The access of a node.</summary>
    Access = 2,

    /// <summary>The right of an address to hold a role, or to attest under a schema.</summary>
    Accreditation = 3,
}
