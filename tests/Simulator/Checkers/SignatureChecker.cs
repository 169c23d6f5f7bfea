using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Simulator.Reporting;

namespace Chain.Simulator.Checkers;

/// <summary>
/// Every signature that ever left a validator's key. A correct one gives one signature for a height, round and kind, to the
/// byte: not even the timestamp may differ.
/// </summary>
internal sealed class SignatureChecker(Totals totals)
{
    private readonly Dictionary<(int Validator, Height, Round, VoteType), (BlockId Id, byte[] SignBytes)> _signed = [];

    /// <summary>True when this place was not signed before.</summary>
    public bool Add(int validator, bool isCorrect, Height height, Round round, VoteType type, in BlockId id, byte[] signBytes)
    {
        if (_signed.TryAdd((validator, height, round, type), (id, signBytes))) return true;
        (BlockId Id, byte[] SignBytes) before = _signed[(validator, height, round, type)];
        if (signBytes.AsSpan().SequenceEqual(before.SignBytes)) return false;
        if (!isCorrect)
        {
            totals.ByzantineActs++;
            return false;
        }
        throw new SimulationFailure(
            $"no conflicting signatures: validator {validator} signed {type} {height}/{round} for {Wording.Short(before.Id)} and then "
            + (id == before.Id ? "with another timestamp" : $"for {Wording.Short(id)}"));
    }
}
