using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Gates;

/// <summary>A guardian wants these kinds stopped for so many seconds.</summary>
public readonly record struct BreakerAsk(Address Guardian, KindMask Kinds, ulong Seconds, MarketTime AskedAt);
