using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Execution;

/// <summary>What every transaction of a block sees of it.</summary>
public sealed record BlockContext(
    string ChainId,
    Height Height,
    Timestamp Time,
    MarketTime Now,
    ulong AppVersion,
    Address Proposer,
    Parameters Parameters);
