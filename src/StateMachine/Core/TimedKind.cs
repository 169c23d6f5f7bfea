namespace Chain.StateMachine.Core;

/// <summary>What falls due. The number is part of the queue's key; 32 and above belong to the market.</summary>
public enum TimedKind : byte
{
    /// <summary>An emptied account may be forgotten; the id is its address.</summary>
    AccountExpiry = 1,

    /// <summary>Nobody answers for an ended seat any more; the id is its consensus address.</summary>
    PastSeat = 2,

    /// <summary>A seat expires; the id is its provider's address.</summary>
    Seat = 3,

    /// <summary>An access expires; the id is its node key.</summary>
    Access = 4,

    /// <summary>Nobody decided about a peer's request; the id is its node key.</summary>
    AccessRequest = 5,

    /// <summary>Nobody decided about a provider's request for a seat; the id is its address.</summary>
    SeatRequest = 6,

    /// <summary>A proposal to admit found too few votes; the id is its hash.</summary>
    Admission = 7,
    /// <summary>The record of an expired grant goes; the id is its granter's address and its grantee's.</summary>
    Grant = 8,

    /// <summary>An order expires, or its record goes; the id is its number.</summary>
    Order = 32,

    /// <summary>A lease reaches a deadline, an epoch or the end of its bucket; the id is its number.</summary>
    Lease = 33,

    /// <summary>An attestation becomes valid or expires; the id is its uid.</summary>
    Attestation = 34,

    /// <summary>An offer is no longer valid; the id is its number.</summary>
    Offer = 40,
}
