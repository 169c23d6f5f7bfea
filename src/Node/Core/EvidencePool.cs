using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Core;

/// <summary>Evidence of double votes that waits for a block of ours. Bounded; used on the replica's thread alone.</summary>
public sealed class EvidencePool
{
    private readonly SortedDictionary<Hash256, DuplicateVoteEvidence> _pending = [];
    private readonly List<ConflictingVotes> _undated = [];

    /// <summary>Keeps votes whose height has no block yet: evidence carries that block's time.</summary>
    public void Hold(ConflictingVotes votes)
    {
        if (_undated.Count < Limits.EvidencePerBlockMax) _undated.Add(votes);
    }

    /// <summary>A height was decided: what was held for it becomes evidence.</summary>
    public void Date(Height height, Timestamp blockTime)
    {
        foreach (ConflictingVotes votes in _undated)
        {
            if (votes.VoteA.Height == height) Add(votes.ToEvidence(blockTime));
        }
        _undated.RemoveAll(votes => votes.VoteA.Height <= height);
    }

    /// <summary>Keeps evidence for the next proposal; the same one twice, or past the bound, changes nothing.</summary>
    public void Add(DuplicateVoteEvidence evidence)
    {
        if (_pending.Count < Limits.EvidencePerBlockMax) _pending.TryAdd(evidence.Hash(), evidence);
    }

    public IReadOnlyList<DuplicateVoteEvidence> Pending() => [.. _pending.Values];

    /// <summary>A decided block carries these.</summary>
    public void Remove(IReadOnlyList<DuplicateVoteEvidence> decided)
    {
        foreach (DuplicateVoteEvidence evidence in decided) _pending.Remove(evidence.Hash());
    }
}
