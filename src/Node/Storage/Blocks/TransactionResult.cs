using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Execution;

namespace Chain.Node.Storage.Blocks;

/// <summary>What execution answered for one transaction. The human text of a code is made where it is shown.</summary>
/// <param name="Code">A <see cref="ResultCode"/>; 0 is success.</param>
/// <param name="Data">Merkle root over the transaction's events, or empty.</param>
/// <param name="GasWanted">Work units that the transaction may use.</param>
/// <param name="GasUsed">Work units that it used.</param>
public sealed record TransactionResult(
    uint Code, ReadOnlyMemory<byte> Data, long GasWanted, long GasUsed, IReadOnlyList<Event> Events)
{
    /// <summary>The part that last_results_hash of the next header covers.</summary>
    public DeterministicResult ToDeterministic() => new(Code, Data, GasWanted, GasUsed);
}
