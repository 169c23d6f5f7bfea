using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Core;

/// <summary>
/// Brings one object to the block's market time, as every message that touches it does. The queue entry is gone when this
/// runs; schedule the next one, due later than now, if there is one. An object that is gone or moved on is no error.
/// </summary>
public delegate void TimedMove(ExecutionContext context, byte[] id);
