using System.Collections.Generic;
using System.Threading;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Metrics;

/// <summary>Which blocks the validators of now signed since the start. Safe for many threads.</summary>
public sealed class SignedRecord
{
    private readonly Lock _gate = new();
    private SortedDictionary<Address, (long LastSigned, long Missed)> _records = [];

    /// <summary>A block came, which carries the precommits for the one before.</summary>
    public void Add(BlockFacts facts)
    {
        if (facts.LastValidators is not { } could) return;
        SortedDictionary<Address, (long LastSigned, long Missed)> next = [];
        lock (_gate)
        {
            foreach (Validator validator in could.Validators)
            {
                (long lastSigned, long missed) = _records.GetValueOrDefault(validator.Address);
                next[validator.Address] = facts.Signed(validator.Address) ? (facts.LastCommit.Height.Value, missed) : (lastSigned, missed + 1);
            }
            _records = next;
        }
    }

    /// <summary>By consensus address: the last height that it signed, 0 for none, and how many it did not.</summary>
    public IReadOnlyList<(Address Validator, long LastSigned, long Missed)> Read()
    {
        List<(Address, long, long)> all = [];
        lock (_gate)
        {
            foreach ((Address validator, (long lastSigned, long missed)) in _records) all.Add((validator, lastSigned, missed));
        }
        return all;
    }
}
