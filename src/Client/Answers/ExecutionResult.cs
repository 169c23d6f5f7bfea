using System.Collections.Generic;

namespace Chain.Client.Answers;

/// <summary>What running a transaction gave. Code 0 is success; the texts of others are in the error catalogue.</summary>
public sealed record ExecutionResult(uint Code, string Log, long GasWanted, long GasUsed, IReadOnlyList<ChainEvent> Events);
