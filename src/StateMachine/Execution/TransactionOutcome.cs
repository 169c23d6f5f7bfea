using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Execution;

/// <summary>What became of one transaction.</summary>
/// <param name="Id">SHA-256 of its raw bytes.</param>
/// <param name="Data">Merkle root of its events; empty when it paid nothing and so has none.</param>
/// <param name="GasWanted">Work units, known beforehand.</param>
/// <param name="GasUsed">The same when it paid; 0 when it was turned away.</param>
public sealed record TransactionOutcome(
    Hash256 Id,
    ResultCode Code,
    ReadOnlyMemory<byte> Data,
    long GasWanted,
    long GasUsed,
    IReadOnlyList<Event> Events)
{
    /// <summary>The part that last_results_hash covers.</summary>
    public DeterministicResult Deterministic => new((uint)Code, Data, GasWanted, GasUsed);
}
