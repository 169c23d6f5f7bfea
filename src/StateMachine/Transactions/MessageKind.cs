namespace Chain.StateMachine.Transactions;

/// <summary>What a message asks for. The numbers stand on the wire and never change (marketplace.md 5.4, 31 to 33 ours).</summary>
public enum MessageKind : byte
{
    None = 0,

    Transfer = 1,
    Grant = 2,

    Register = 3,
    Update = 4,
    Stake = 5,
    Offer = 6,

    Order = 7,
    OrderClose = 8,
    Bid = 9,
    BidReveal = 10,
    BidClose = 11,
    Lease = 12,
    LeaseStart = 13,
    LeaseAmend = 14,
    LeaseClose = 15,

    Deposit = 16,
    Withdraw = 17,
    Settle = 18,

    Prove = 19,
    Result = 20,
    Attest = 21,
    Revoke = 22,
    Probe = 23,

    Review = 24,

    Dispute = 25,
    DisputeAnswer = 26,
    DisputeVote = 27,
    Slash = 28,

    Propose = 29,
    Vote = 30,

    /// <summary>A peer asks for access, or leaves.</summary>
    Access = 31,

    /// <summary>A provider asks for a validator seat, leaves it, or rotates its keys.</summary>
    Validator = 32,

    /// <summary>Validators grant or revoke a seat, an access or an accreditation.</summary>
    Admit = 33,
}
