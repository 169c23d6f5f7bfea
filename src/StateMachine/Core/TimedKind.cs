namespace Chain.StateMachine.Core;

/// <summary>What falls due. The number is part of the queue's key; 32 and above belong to the market.</summary>
public enum TimedKind : byte
{
    /// <summary>An emptied account may be forgotten; the id is its address.</summary>
    AccountExpiry = 1,

    /// <summary>Nobody answers for an ended seat any more; the id is its consensus address.</summary>
    PastSeat = 2,

    /// <summary>An order expires, or its record goes; the id is its number.</summary>
    Order = 32,

    /// <summary>A lease reaches a deadline, an epoch or the end of its bucket; the id is its number.</summary>
    Lease = 33,

    /// <summary>An attestation becomes valid or expires; the id is its uid.</summary>
    Attestation = 34,

    /// <summary>An offer is no longer valid; the id is its number.</summary>
    Offer = 40,

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

    /// <summary>A beacon round has finished and wakes those that waited for it; the id is its number. The last of a second.</summary>
    Draw = 255,
}
