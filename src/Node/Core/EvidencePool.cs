using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Node.Storage.Blocks;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.Node.Core;

/// <summary>
/// Double votes that wait for a block of ours: one for each validator and height, since no more is punished. They are on
/// disk before anything builds on them and come back after a restart. Bounded; used on the replica's thread alone.
/// </summary>
public sealed class EvidencePool
{
    private readonly IStateReader _state;
    private readonly BlockStore _blocks;
    private readonly EvidenceStore _stored;
    private readonly SortedDictionary<(long Height, Address Validator), ConflictingVotes> _pending = [];

    public EvidencePool(IStateReader state, BlockStore blocks, EvidenceStore stored)
    {
        _state = state;
        _blocks = blocks;
        _stored = stored;
        foreach (ConflictingVotes votes in stored.LoadAll()) _pending.TryAdd(KeyOf(votes), votes);
    }

    /// <summary>
    /// Keeps two votes whose signatures have been verified. Their block need not exist yet. A second pair of the same
    /// validator and height, or one past the bound, changes nothing.
    /// </summary>
    public void Report(ConflictingVotes votes)
    {
        if (_pending.Count >= Limits.EvidencePerBlockMax || !_pending.TryAdd(KeyOf(votes), votes)) return;
        // The log forgets votes with their height, so waiting for the next sync of the store could lose these.
        _stored.Save(votes);
    }

    /// <summary>What a block on this tip may carry, oldest first, as much as a block may hold.</summary>
    public IReadOnlyList<DuplicateVoteEvidence> Pending(Height tip, Timestamp tipTime)
    {
        List<DuplicateVoteEvidence> fit = [];
        if (_pending.Count == 0) return fit;
        Parameters parameters = Parameters.Load(_state);
        ulong bytes = 0;
        foreach (ConflictingVotes votes in _pending.Values)
        {
            if (votes.VoteA.Height > tip || EvidenceOf(votes, parameters, tip, tipTime) is not { } evidence) continue;
            bytes += (ulong)evidence.ToProto().Length;
            if (bytes > parameters.EvidenceBytesMax) break;
            fit.Add(evidence);
        }
        return fit;
    }

    /// <summary>Forgets what was punished, expired, or belongs to a block that is not kept any more. Call it after each block.</summary>
    public void DropSettled(Height tip, Timestamp tipTime)
    {
        if (_pending.Count == 0) return;
        Parameters parameters = Parameters.Load(_state);
        foreach (ConflictingVotes votes in new List<ConflictingVotes>(_pending.Values))
        {
            if (votes.VoteA.Height > tip || EvidenceOf(votes, parameters, tip, tipTime) is not null) continue;
            _pending.Remove(KeyOf(votes));
            _stored.Delete(votes);
        }
    }

    /// <summary>With the time of the block at the votes' height; null when no block may carry it.</summary>
    private DuplicateVoteEvidence? EvidenceOf(ConflictingVotes votes, Parameters parameters, Height tip, Timestamp tipTime)
    {
        if (_blocks.LoadMeta(votes.VoteA.Height) is not { } block) return null;
        DuplicateVoteEvidence evidence = votes.ToEvidence(block.Header.Time);
        BlockFaultCode fault = EvidenceCheck.Check(_state, parameters, tip, tipTime, [evidence]);
        return fault == BlockFaultCode.None ? evidence : null;
    }

    private static (long Height, Address Validator) KeyOf(ConflictingVotes votes) =>
        (votes.VoteA.Height.Value, votes.VoteA.ValidatorAddress);
}
