using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;

namespace Chain.Node.Snapshots;

/// <summary>
/// Snapshots that this node made, in <see cref="Column.Local"/>: the manifest under <c>snapshot.made.</c> and the height, each chunk
/// under <c>snapshot.part.</c>, the height and its number; numbers are big-endian, of 8 and 4 bytes. The manifest is written last;
/// until then the height stands under <c>snapshot.open.</c>. Bytes that do not decode are a damaged store and throw <see cref="InvalidDataException"/>.
/// </summary>
public sealed class SnapshotStore(IKeyValueStore store)
{
    private static readonly byte[] Made = "snapshot.made."u8.ToArray();
    private static readonly byte[] Opened = "snapshot.open."u8.ToArray();
    private static readonly byte[] Part = "snapshot.part."u8.ToArray();

    /// <summary>Heights of whole snapshots, ascending.</summary>
    public IReadOnlyList<Height> Heights() => [.. Keys(Made).Select(HeightIn)];

    public SnapshotManifest? LoadManifest(Height height)
    {
        if (store.Get(Column.Local, Key(Made, height)) is not { } bytes) return null;
        return SnapshotManifest.TryDecode(bytes, out SnapshotManifest manifest, out DecodeError error)
            ? manifest
            : throw new InvalidDataException($"the stored snapshot of height {height} does not decode: {error}");
    }

    /// <summary>An encoded chunk; null where there is none.</summary>
    public byte[]? LoadChunk(Height height, int index) => store.Get(Column.Local, PartKey(height, index));

    /// <summary>Says that chunks of a height follow.</summary>
    public void Start(Height height)
    {
        WriteBatch batch = new();
        batch.Put(Column.Local, Key(Opened, height), [1]);
        store.Write(batch, sync: false);
    }

    /// <summary>Not synced: what a power loss takes is made again.</summary>
    public void SaveChunk(Height height, int index, SnapshotChunk chunk)
    {
        WriteBatch batch = new();
        batch.Put(Column.Local, PartKey(height, index), chunk.Encode());
        store.Write(batch, sync: false);
    }

    /// <summary>Makes a snapshot whole whose chunks are all saved.</summary>
    public void Finish(SnapshotManifest manifest)
    {
        WriteBatch batch = new();
        batch.Put(Column.Local, Key(Made, manifest.Height), manifest.Encode());
        batch.Delete(Column.Local, Key(Opened, manifest.Height));
        store.Write(batch, sync: false);
    }

    /// <summary>Deletes a whole snapshot.</summary>
    public void Delete(Height height)
    {
        if (LoadManifest(height) is not { } manifest) return;
        Delete(Key(Made, height), height, manifest.ChunkCount);
    }

    /// <summary>Deletes what there is of snapshots that were begun and not finished. None of it is read: chunks are large.</summary>
    public void DropUnfinished()
    {
        foreach (byte[] key in Keys(Opened)) Delete(key, HeightIn(key), SnapshotLimits.ChunksMax);
    }

    private void Delete(byte[] name, Height height, int chunks)
    {
        WriteBatch batch = new();
        batch.Delete(Column.Local, name);
        for (int i = 0; i < chunks; i++) batch.Delete(Column.Local, PartKey(height, i));
        store.Write(batch, sync: false);
    }

    private List<byte[]> Keys(byte[] prefix)
    {
        List<byte[]> keys = [];
        byte[] end = [.. prefix[..^1], (byte)(prefix[^1] + 1)];
        using IKeyValueIterator walk = store.Iterate(Column.Local, prefix, end);
        while (walk.MoveNext()) keys.Add(walk.Key.ToArray());
        return keys;
    }

    /// <summary>All prefixes have one length.</summary>
    private static Height HeightIn(byte[] key) => new(BinaryPrimitives.ReadInt64BigEndian(key.AsSpan(Made.Length)));

    private static byte[] PartKey(Height height, int index)
    {
        byte[] number = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, index);
        return [.. Key(Part, height), .. number];
    }

    private static byte[] Key(byte[] prefix, Height height)
    {
        byte[] number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, height.Value);
        return [.. prefix, .. number];
    }
}
