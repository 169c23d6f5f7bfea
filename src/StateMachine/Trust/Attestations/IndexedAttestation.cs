using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>An attestation as its subject's index lists it; in force from <c>ValidFrom</c>, no longer at <c>Expires</c>.</summary>
public readonly record struct IndexedAttestation(Hash256 Uid, MarketTime ValidFrom, MarketTime Expires)
{
    public Address Issuer { get; init; }

    /// <summary>0 when it states none.</summary>
    public byte Tier { get; init; }
}
