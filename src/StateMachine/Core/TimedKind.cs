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

    /// <summary>A proposal reaches the end of its state; the id is its number.</summary>
    Proposal = 9,

    /// <summary>A breaker ends, or its rest; the id is its kind.</summary>
    Breaker = 10,

    /// <summary>The planned upgrade is reached; the id is empty.</summary>
    Upgrade = 11,

    /// <summary>An order expires, or its record goes; the id is its number.</summary>
    Order = 32,

    /// <summary>A lease reaches a deadline, an epoch or the end of its bucket; the id is its number.</summary>
    Lease = 33,

    /// <summary>An attestation becomes valid, expires, or may be drawn for another audit; the id is its uid.</summary>
    Attestation = 34,

    /// <summary>An offer is no longer valid; the id is its number.</summary>
    Offer = 40,

    /// <summary>A provider's snapshot of its capacity is missing; the id is its address.</summary>
    Snapshot = 41,

    /// <summary>
    /// The rebates of an epoch are paid; the id is its end. It stands after leases, whose epochs are closed first.
    /// </summary>
    Rebate = 42,

    /// <summary>A case reaches a deadline, or its jury can be drawn; the id is its number.</summary>
    Case = 64,

    /// <summary>A data set's period or window is over, or its challenge can be drawn; the id is its lease's number.</summary>
    DataSet = 65,

    /// <summary>
    /// An epoch of probing begins, can be drawn, or ends; the id is its number. It stands after leases, which are paid by it first.
    /// </summary>
    ProbeEpoch = 66,

    /// <summary>A task reaches a deadline, or its workers can be drawn; the id is its number.</summary>
    Task = 67,

    /// <summary>An epoch or a window of capacity proofs is over, or its challenge can be drawn; the id is the provider's address.</summary>
    Capacity = 68,

    /// <summary>A challenge for an attestation can be drawn, or is too old; the id is its issuer's address, its subject's and the schema.</summary>
    AttestationChallenge = 69,

    /// <summary>An audit that is awaited has not come; the id is that of a challenge.</summary>
    Audit = 70,

    /// <summary>A report that was announced has not come; the id is its reporter's address and its commitment.</summary>
    ReportNotice = 71,

    /// <summary>A beacon round has finished and wakes those that waited for it; the id is its number. The last of a second.</summary>
    Draw = 255,
}
