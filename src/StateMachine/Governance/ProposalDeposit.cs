using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Governance;

/// <summary>What one account put behind a proposal, ncredit.</summary>
public readonly record struct ProposalDeposit(Address Depositor, ulong Amount);
