using System;
using System.Buffers.Binary;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Snapshots;

/// <summary>
/// Builds the state of one snapshot in a store that has none, chunk by chunk in any order: each is verified and then written with its
/// part of the trees in one batch, so that memory holds one chunk, and a process that is killed goes on where it was. The height's
/// record comes last, with the caller's own rows (<see cref="Finish"/>): until then <see cref="StateStore.Newest"/> is null.
/// </summary>
/// <remarks>
/// In <see cref="Column.Local"/> stand meanwhile the manifest under <c>restore.manifest</c>, the roots so far under <c>restore.roots</c>, and
/// a row under <c>restore.here.</c> and the number for each chunk. Not synced: what a power failure takes is fetched again.
/// </remarks>
public sealed class SnapshotRestore
{
    private static readonly byte[] ManifestKey = "restore.manifest"u8.ToArray();
    private static readonly byte[] RootsKey = "restore.roots"u8.ToArray();
    private static readonly byte[] Here = "restore.here."u8.ToArray();

    private readonly SnapshotManifest _manifest;
    private readonly IKeyValueStore _store;
    private readonly TreeChild[] _roots;
    private readonly bool[] _isHere;

    /// <summary>Goes on with this snapshot; what the store holds of another one is deleted first.</summary>
    /// <param name="manifest">Whose app hash the caller has verified.</param>
    /// <param name="store">Holds no state, or part of this one.</param>
    public SnapshotRestore(SnapshotManifest manifest, IKeyValueStore store)
    {
        Invariant.Holds(new StateStore(store).Newest is null, "a snapshot is restored into a store without a state");
        (_manifest, _store) = (manifest, store);
        byte[] encoded = manifest.Encode();
        if (!Begun(store).AsSpan().SequenceEqual(encoded)) Begin(encoded);
        _roots = store.Get(Column.Local, RootsKey) is { } roots
            ? StateRecord.Decode(roots).Roots
            : new TreeChild[StoreNames.All.Count];
        _isHere = new bool[manifest.ChunkCount];
        for (int i = 0; i < _isHere.Length; i++)
        {
            _isHere[i] = store.Get(Column.Local, HereKey(i)) is not null;
            Count += _isHere[i] ? 1 : 0;
        }
    }

    public SnapshotManifest Manifest => _manifest;

    /// <summary>Chunks that are here.</summary>
    public int Count { get; private set; }

    public bool IsComplete => Count == _manifest.ChunkCount;

    public bool Has(int index) => _isHere[index];

    /// <summary>The encoded manifest of the snapshot that was begun in a store and not finished; empty without one.</summary>
    public static byte[] Begun(IKeyValueReader store) => store.Get(Column.Local, ManifestKey) ?? [];

    /// <summary>Deletes what was begun, some rows at a time. Only for a store without a state.</summary>
    public static void Abandon(IKeyValueStore store)
    {
        Invariant.Holds(new StateStore(store).Newest is null, "a state that is whole is not abandoned");
        // These go first: a stop in the middle leaves rows, but nothing that claims them to be right.
        WriteBatch claims = new();
        AddRemoval(store, claims);
        store.Write(claims, sync: false);
        foreach (Column column in (Column[])[Column.State, Column.Nodes])
        {
            while (TakeRows(store, column) is { Count: > 0 } rows) store.Write(rows, sync: false);
        }
    }

    /// <summary>Takes a chunk if it is right. One that is here already is right.</summary>
    public ChunkVerdict Add(int index, ReadOnlySpan<byte> bytes)
    {
        if (Has(index)) return ChunkVerdict.Valid;
        if (!SnapshotChunk.TryDecode(bytes, out SnapshotChunk chunk, out _)) return ChunkVerdict.Malformed;
        ChunkVerdict verdict = ChunkVerifier.Verify(_manifest, index, chunk);
        if (verdict != ChunkVerdict.Valid) return verdict;
        Write(index, chunk);
        _isHere[index] = true;
        Count++;
        return ChunkVerdict.Valid;
    }

    /// <summary>Once complete: adds to a batch what makes the rows a state. The caller writes it, synced.</summary>
    public void Finish(WriteBatch batch)
    {
        Invariant.Holds(IsComplete, "every chunk is here");
        StateRecord record = new(AppHashTree.Root(_roots), _roots);
        Invariant.Holds(record.AppHash == _manifest.AppHash, "verified chunks add up to the app hash");
        batch.Put(Column.Nodes, StateLayout.RecordKey(_manifest.Height), record.Encode());
        AddRemoval(_store, batch);
    }

    private void Begin(byte[] encoded)
    {
        Abandon(_store);
        WriteBatch batch = new();
        batch.Put(Column.Local, ManifestKey, encoded);
        _store.Write(batch, sync: false);
    }

    /// <summary>A tree takes pairs in any order and comes out the same.</summary>
    private void Write(int index, SnapshotChunk chunk)
    {
        WriteBatch batch = new();
        (StoreId store, HashRange _) = _manifest[index];
        TreeChange[] changes = new TreeChange[chunk.Pairs.Count];
        for (int i = 0; i < changes.Length; i++)
        {
            (byte[] key, byte[] value) = chunk.Pairs[i];
            batch.Put(Column.State, StateLayout.FlatKey(store, key), value);
            changes[i] = TreeChange.Put(TreeHashing.Ics23Smt, key, Sha256.Hash(key), value);
        }
        ref TreeChild root = ref _roots[store - StoreId.Ibc];
        TreeUpdate update = new StateStore(_store).Tree(store).Update(root, _manifest.Height.Value, changes);
        foreach (TreeJob job in update.Jobs) job.Run();
        root = update.Finish(batch);
        batch.Put(Column.Local, RootsKey, new StateRecord(default, _roots).Encode());
        batch.Put(Column.Local, HereKey(index), [1]);
        _store.Write(batch, sync: false);
    }

    private static void AddRemoval(IKeyValueReader store, WriteBatch batch)
    {
        if (!SnapshotManifest.TryDecode(Begun(store), out SnapshotManifest begun, out DecodeError _)) return;
        batch.Delete(Column.Local, ManifestKey);
        batch.Delete(Column.Local, RootsKey);
        for (int i = 0; i < begun.ChunkCount; i++) batch.Delete(Column.Local, HereKey(i));
    }

    /// <summary>The deletion of a column's first rows.</summary>
    private static WriteBatch TakeRows(IKeyValueReader store, Column column)
    {
        WriteBatch batch = new();
        using IKeyValueIterator walk = store.Iterate(column, [], []);
        while (batch.Count < SnapshotLimits.RowsPerBatch && walk.MoveNext()) batch.Delete(column, walk.Key);
        return batch;
    }

    private static byte[] HereKey(int index)
    {
        byte[] number = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, index);
        return [.. Here, .. number];
    }
}
