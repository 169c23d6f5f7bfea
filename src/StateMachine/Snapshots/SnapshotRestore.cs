using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Snapshots;

/// <summary>
/// Collects the verified chunks of one snapshot, in any order, and gives the batch that makes them a state. Holds the pairs in
/// memory: nothing is stored before all of them are proven.
/// </summary>
/// <param name="manifest">Whose app hash the caller has verified.</param>
public sealed class SnapshotRestore(SnapshotManifest manifest)
{
    private readonly SnapshotChunk?[] _chunks = new SnapshotChunk?[manifest.ChunkCount];

    public SnapshotManifest Manifest => manifest;

    /// <summary>Chunks that are here.</summary>
    public int Count { get; private set; }

    public bool IsComplete => Count == _chunks.Length;

    public bool Has(int index) => _chunks[index] is not null;

    /// <summary>Takes a chunk if it is right. One that is here already is right.</summary>
    public ChunkVerdict Add(int index, ReadOnlySpan<byte> bytes)
    {
        if (Has(index)) return ChunkVerdict.Valid;
        if (!SnapshotChunk.TryDecode(bytes, out SnapshotChunk chunk, out _)) return ChunkVerdict.Malformed;
        ChunkVerdict verdict = ChunkVerifier.Verify(manifest, index, chunk);
        if (verdict != ChunkVerdict.Valid) return verdict;
        _chunks[index] = chunk;
        Count++;
        return ChunkVerdict.Valid;
    }

    /// <summary>Once complete: adds the state to a batch for a store that has none.</summary>
    /// <param name="store">The empty store that the batch is for.</param>
    public void Prepare(IKeyValueReader store, WriteBatch batch)
    {
        Invariant.Holds(IsComplete, "every chunk is here");
        List<KeyValuePair<StateKey, byte[]?>> pairs = [];
        for (int i = 0; i < _chunks.Length; i++)
        {
            StoreId id = manifest[i].Store;
            foreach ((byte[] key, byte[] value) in _chunks[i]!.Pairs) pairs.Add(new(new StateKey(id, key), value));
        }
        pairs.Sort(static (x, y) => x.Key.CompareTo(y.Key));
        Hash256 appHash = new StateStore(store).Prepare(manifest.Height, pairs, batch);
        Invariant.Holds(appHash == manifest.AppHash, "verified chunks add up to the app hash");
    }
}
