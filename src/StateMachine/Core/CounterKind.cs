namespace Chain.StateMachine.Core;

/// <summary>Objects that are numbered from 1 on.</summary>
public enum CounterKind : byte
{
    Order = 1,
    Bid = 2,
    Lease = 3,
    Attestation = 4,
    Review = 5,
    Case = 6,
    Proposal = 7,
    Offer = 8,
    Task = 9,
}
