using System;
using System.Buffers.Binary;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;

namespace Chain.Node.Snapshots;

/// <summary>
/// What a node has fetched of the snapshot that it begins from, in <see cref="Column.Local"/>: the manifest under <c>fetch.manifest</c>,
/// each chunk under <c>fetch.chunk.</c> and its number, and an empty row under <c>fetch.here.</c>, which is cheap to look for. So a node
/// that is killed goes on where it was. Not synced: what a power failure takes is fetched again.
/// </summary>
internal sealed class FetchedChunks(IKeyValueStore store) : IChunkShelf
{
    private static readonly byte[] ManifestKey = "fetch.manifest"u8.ToArray();
    private static readonly byte[] Chunk = "fetch.chunk."u8.ToArray();
    private static readonly byte[] Here = "fetch.here."u8.ToArray();

    /// <summary>Of the snapshot whose chunks lie here; empty without any.</summary>
    public byte[] Manifest => store.Get(Column.Local, ManifestKey) ?? [];

    /// <summary>From now on the chunks of this snapshot; those of another one are deleted.</summary>
    public void Begin(byte[] manifest)
    {
        if (Manifest.AsSpan().SequenceEqual(manifest)) return;
        WriteBatch batch = new();
        AddRemoval(batch);
        batch.Put(Column.Local, ManifestKey, manifest);
        store.Write(batch, sync: false);
    }

    public bool Has(int index) => store.Get(Column.Local, Key(Here, index)) is not null;

    public void Put(int index, ReadOnlySpan<byte> encoded)
    {
        WriteBatch batch = new();
        batch.Put(Column.Local, Key(Chunk, index), encoded);
        batch.Put(Column.Local, Key(Here, index), [1]);
        store.Write(batch, sync: false);
    }

    public byte[] Load(int index) => store.Get(Column.Local, Key(Chunk, index))!;

    /// <summary>Adds the deletion of everything here to a batch.</summary>
    public void AddRemoval(WriteBatch batch)
    {
        if (!SnapshotManifest.TryDecode(Manifest, out SnapshotManifest old, out _)) return;
        batch.Delete(Column.Local, ManifestKey);
        for (int i = 0; i < old.ChunkCount; i++)
        {
            batch.Delete(Column.Local, Key(Chunk, i));
            batch.Delete(Column.Local, Key(Here, i));
        }
    }

    private static byte[] Key(byte[] prefix, int index)
    {
        byte[] number = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, index);
        return [.. prefix, .. number];
    }
}
