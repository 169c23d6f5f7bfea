namespace Chain.StateMachine.Execution;

/// <summary>Every outcome of a transaction, unique across the chain (marketplace.md 5.3). 0 is success.</summary>
public enum ResultCode : uint
{
    Ok = 0,

    // Envelope: refused at admission, never in a block.
    NotCanonical = 10,
    WrongChain = 11,
    UnknownKind = 12,
    TooLarge = 13,
    MempoolFull = 14,
    Duplicate = 15,
    SequenceTooFar = 16,
    ReplacementUnderpriced = 17,

    BadSignature = 100,
    BadSequence = 101,
    Expired = 102,
    NoGrant = 103,
    KindDisabled = 104,
    FeeTooLow = 106,
    WrongKey = 107,

    NotFound = 200,
    Exists = 201,
    NotOwner = 202,
    SelfDeal = 203,
    LinkedIdentity = 204,

    BadState = 300,
    TooEarly = 301,
    TooLate = 302,
    AlreadyDone = 303,

    InsufficientFunds = 400,
    BelowMinimum = 401,
    OverMaximum = 402,
    StakeLocked = 403,
    Overflow = 404,
    Insolvent = 405,

    NoMatch = 500,
    AttributeMismatch = 501,
    RegionMismatch = 502,
    TierMismatch = 503,
    Capacity = 504,
    BidCap = 505,
    Price = 506,

    BadProof = 600,
    BadCommit = 601,
    StaleNonce = 602,
    BadSchema = 603,
    NotAccredited = 604,
    Replay = 605,

    NotDrawn = 700,
    NoCaseRight = 701,
    DoubleJeopardy = 702,
    Bond = 703,

    ParameterBounds = 800,
    TimeLock = 802,
    NotGuardian = 803,

    // Who is part of the network.
    NotValidator = 900,
    LastValidator = 901,
    KeyRetired = 902,
    SeatsFull = 903,
    ProposalsFull = 904,
}
