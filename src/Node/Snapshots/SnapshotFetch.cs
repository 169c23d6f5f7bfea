using System;
using System.Collections.Generic;
using Chain.Consensus.Light;
using Chain.Node.Storage.Blocks;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.StateMachine.Core;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;

namespace Chain.Node.Snapshots;

/// <summary>
/// The parts of one snapshot as they come: chunks, and the block and results that the next height builds on. Each is checked
/// against verified headers when it comes. Chunks are on the disk from then on; the block, and what makes the chunks a state, are
/// written once all are here, and then at once.
/// </summary>
/// <param name="own">Verified light block of the snapshot's height.</param>
/// <param name="after">Verified header of the height after it, whose app hash is the manifest's.</param>
internal sealed class SnapshotFetch(SnapshotManifest manifest, IKeyValueStore store, LightBlock own, Header after)
{
    private readonly SnapshotRestore _restore = new(manifest, store);
    private Block? _block;
    private BlockResults? _results;

    public bool IsComplete => _restore.IsComplete && _block is not null && _results is not null;

    /// <summary>Chunks that are verified and on the disk.</summary>
    public int ChunksHere => _restore.Count;

    /// <summary>What is missing, the small parts first.</summary>
    public IEnumerable<SyncNeed> Missing()
    {
        if (_block is null) yield return new SyncNeed(SyncNeedKind.Block, manifest.Height);
        if (_results is null) yield return new SyncNeed(SyncNeedKind.Results, manifest.Height);
        for (int i = 0; i < manifest.ChunkCount; i++)
        {
            if (!_restore.Has(i)) yield return new SyncNeed(SyncNeedKind.Chunk, manifest.Height, i);
        }
    }

    /// <summary>False when the chunk is wrong.</summary>
    public bool TakeChunk(int index, ReadOnlySpan<byte> bytes) =>
        index < manifest.ChunkCount && _restore.Add(index, bytes) == ChunkVerdict.Valid;

    public bool TakeBlock(Block block)
    {
        if (block.Id() != after.LastBlockId) return false;
        _block = block;
        return true;
    }

    /// <summary>Events stand under no header's hash, so results that carry some are refused.</summary>
    public bool TakeResults(ReadOnlySpan<byte> bytes)
    {
        bool isRight = BlockResults.TryDecode(bytes, out BlockResults results, out DecodeError _)
            && results.Hash() == after.LastResultsHash
            && results.AppHash == manifest.AppHash
            && bytes.SequenceEqual(results.WithoutEvents().Encode());
        if (isRight) _results = results;
        return isRight;
    }

    /// <summary>Once complete: from then on the store has a state, and the block on top of which the next one goes.</summary>
    public void Store()
    {
        WriteBatch batch = new();
        _restore.Finish(batch);
        ValidatorSet next = ValidatorSets.Next(new StateStore(store));
        Invariant.Holds(next.Hash() == after.ValidatorsHash, "the state holds the set that the next header names");
        StoredBlock block = new(_block!, after.LastBlockId, own.Commit, _results!, WithoutPriorities(own.Validators), next);
        new BlockStore(store).Put(batch, block);
        store.Write(batch, sync: true);
    }

    /// <summary>No hash covers the priorities that a peer told: a set of its members alone is as good, and nobody's lie.</summary>
    private static ValidatorSet WithoutPriorities(ValidatorSet told)
    {
        List<ValidatorUpdate> members = [];
        foreach (Validator validator in told.Validators) members.Add(new ValidatorUpdate(validator.PublicKey, validator.Power));
        bool isSet = ValidatorSet.TryCreate(members, out ValidatorSet set, out string _);
        Invariant.Holds(isSet && set.Hash() == told.Hash(), "a verified set is a set");
        return set;
    }
}
