using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Snapshots;

/// <summary>
/// Verifies the chunks of one snapshot as they come, in any order, puts them on a shelf, and gives the batch that makes all of them
/// a state. What lies on the shelf already is taken as verified.
/// </summary>
/// <param name="manifest">Whose app hash the caller has verified.</param>
public sealed class SnapshotRestore(SnapshotManifest manifest, IChunkShelf shelf)
{
    public SnapshotManifest Manifest => manifest;

    /// <summary>Chunks that are here.</summary>
    public int Count { get; private set; } = CountOf(manifest, shelf);

    public bool IsComplete => Count == manifest.ChunkCount;

    public bool Has(int index) => shelf.Has(index);

    /// <summary>Takes a chunk if it is right. One that is here already is right.</summary>
    public ChunkVerdict Add(int index, ReadOnlySpan<byte> bytes)
    {
        if (Has(index)) return ChunkVerdict.Valid;
        if (!SnapshotChunk.TryDecode(bytes, out SnapshotChunk chunk, out _)) return ChunkVerdict.Malformed;
        ChunkVerdict verdict = ChunkVerifier.Verify(manifest, index, chunk);
        if (verdict != ChunkVerdict.Valid) return verdict;
        shelf.Put(index, bytes);
        Count++;
        return ChunkVerdict.Valid;
    }

    /// <summary>Once complete: adds the state to a batch for a store that has none. Holds the pairs in memory.</summary>
    /// <param name="store">The empty store that the batch is for.</param>
    public void Prepare(IKeyValueReader store, WriteBatch batch)
    {
        Invariant.Holds(IsComplete, "every chunk is here");
        List<KeyValuePair<StateKey, byte[]?>> pairs = [];
        for (int i = 0; i < manifest.ChunkCount; i++)
        {
            StoreId id = manifest[i].Store;
            bool isChunk = SnapshotChunk.TryDecode(shelf.Load(i), out SnapshotChunk chunk, out DecodeError error);
            Invariant.Holds(isChunk, $"a chunk that was verified decodes: {error}");
            foreach ((byte[] key, byte[] value) in chunk.Pairs) pairs.Add(new(new StateKey(id, key), value));
        }
        pairs.Sort(static (x, y) => x.Key.CompareTo(y.Key));
        Hash256 appHash = new StateStore(store).Prepare(manifest.Height, pairs, batch);
        Invariant.Holds(appHash == manifest.AppHash, "verified chunks add up to the app hash");
    }

    private static int CountOf(SnapshotManifest manifest, IChunkShelf shelf)
    {
        int count = 0;
        for (int i = 0; i < manifest.ChunkCount; i++) count += shelf.Has(i) ? 1 : 0;
        return count;
    }
}
