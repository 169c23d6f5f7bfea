using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Execution;

/// <summary>A block as execution sees it.</summary>
/// <param name="Time">Header time.</param>
/// <param name="PreviousTime">Header time of the block before; genesis time for the first block.</param>
/// <param name="AppVersion">The header's application version: which rules execute the block.</param>
/// <param name="Proposer">Consensus address.</param>
/// <param name="LastCommit">Who signed the block before.</param>
/// <param name="Evidence">Equivocations that consensus has verified.</param>
/// <param name="Transactions">Raw bytes, in block order.</param>
public sealed record BlockInput(
    string ChainId,
    Height Height,
    Timestamp Time,
    Timestamp PreviousTime,
    ulong AppVersion,
    Address Proposer,
    IReadOnlyList<LastCommitFlag> LastCommit,
    IReadOnlyList<DuplicateVoteEvidence> Evidence,
    IReadOnlyList<byte[]> Transactions);
