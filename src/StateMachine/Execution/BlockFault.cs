namespace Chain.StateMachine.Execution;

/// <summary>Why a block is not valid.</summary>
/// <param name="Code">What was wrong.</param>
/// <param name="Index">Place of the offending transaction, or −1 when it is the block as a whole.</param>
/// <param name="Transaction">The transaction's own code, or Ok.</param>
public readonly record struct BlockFault(BlockFaultCode Code, int Index = -1, ResultCode Transaction = ResultCode.Ok);
