namespace Chain.StateMachine.Justice.Cases;

/// <summary>What a case is about. Numbers stand on the wire and in keys.</summary>
public enum CaseTarget : byte
{
    /// <summary>One side of a lease asks for compensation by the other.</summary>
    Lease = 1,

    /// <summary>Anybody whom an attestation misleads asks for its end, and for compensation out of its bond.</summary>
    Attestation = 2,

    /// <summary>The subject of a published review asks that it no longer counts.</summary>
    Review = 3,

    /// <summary>Two issuers contradict each other; the chain opens it by itself, the later one as claimant.</summary>
    Conflict = 4,
}
