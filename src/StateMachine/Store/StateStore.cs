using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Proofs;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Store;

/// <summary>
/// The state of a node over its database: newest values flat for execution, a tree for each store under one app hash, and as much
/// of both as is needed to answer and prove every kept height. Holds nothing itself: make one over whatever reader fits, the
/// database, a snapshot of it, or a <see cref="BatchOverlayReader"/> while batches wait for the disk.
/// </summary>
/// <remarks>
/// Values and proofs of past heights take several reads: while another thread writes, ask them of a snapshot.
/// </remarks>
public sealed class StateStore(IKeyValueReader reader) : IStateReader
{
    /// <summary>Tag of a value in the history; an absent one is recorded as no tag at all.</summary>
    internal const byte Present = 1;

    /// <summary>
    /// The key that every store has from the first height on: ICS-23 can prove nothing in an empty tree. The first
    /// <see cref="Prepare"/> writes it, with the store's name as its value, unless the changes do; it is never deleted.
    /// </summary>
    public static ReadOnlySpan<byte> PermanentKey => [Schema.Anchor];

    public byte[]? Get(StoreId store, ReadOnlySpan<byte> key) => reader.Get(Column.State, StateLayout.FlatKey(store, key));

    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(StoreId store, byte[] from, byte[] to)
    {
        if (from.AsSpan().SequenceCompareTo(to) >= 0) yield break;
        byte[] first = StateLayout.FlatKey(store, from);
        using IKeyValueIterator walk = reader.Iterate(Column.State, first, StateLayout.FlatKey(store, to));
        while (walk.MoveNext()) yield return new(walk.Key[1..].ToArray(), walk.Value.ToArray());
    }

    /// <summary>Every pair of one store, ascending.</summary>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(StoreId store)
    {
        using IKeyValueIterator walk = reader.Iterate(Column.State, [(byte)store], [(byte)(store + 1)]);
        while (walk.MoveNext()) yield return new(walk.Key[1..].ToArray(), walk.Value.ToArray());
    }

    /// <summary>
    /// Adds all that the state of one height needs to the block's batch: values, history, tree nodes, what became stale, the
    /// height's record. Answers the app hash.
    /// </summary>
    /// <param name="height">Above every height prepared before; normally the next one, also when nothing changed.</param>
    /// <param name="changes">
    /// In ascending order, each key once, null to delete; <see cref="StateOverlay.Changes"/> fits. Changes to what is there
    /// already are dropped.
    /// </param>
    /// <param name="batch">Receives the rows. The reader must show every batch of a lower height, written or overlaid.</param>
    /// <param name="run">
    /// Runs each of the jobs once, in parallel if the reader bears it, and returns when all are done. Null: one after the other.
    /// </param>
    public Hash256 Prepare(
        Height height,
        IEnumerable<KeyValuePair<StateKey, byte[]?>> changes,
        WriteBatch batch,
        Action<IReadOnlyList<TreeJob>>? run = null)
    {
        Invariant.Holds(ReadRecord(height) is null, "the state of a height is prepared once");
        (Height Height, StateRecord Record)? before = NewestBelow(height);
        StateChanges collected = new(reader, height, batch, keepsHistory: before is not null);
        foreach ((StateKey key, byte[]? value) in changes) collected.Add(key, value);
        if (before is null) collected.AddPermanentKeys();

        List<TreeJob> jobs = [];
        TreeUpdate[] updates = new TreeUpdate[StoreNames.All.Count];
        for (int i = 0; i < updates.Length; i++)
        {
            TreeChild root = before?.Record.Roots[i] ?? default;
            updates[i] = Tree(StoreNames.All[i]).Update(root, height.Value, collected.SortedByHash(i));
            jobs.AddRange(updates[i].Jobs);
        }
        if (run is not null) run(jobs);
        else foreach (TreeJob job in jobs) job.Run();

        TreeChild[] roots = new TreeChild[updates.Length];
        for (int i = 0; i < roots.Length; i++) roots[i] = updates[i].Finish(batch);
        StateRecord record = new(AppHashTree.Root(roots), roots);
        batch.Put(Column.Nodes, StateLayout.RecordKey(height), record.Encode());
        if (before is { } previous)
        {
            batch.Put(Column.Stale, StateLayout.StaleKey(height.Value, Column.Nodes, StateLayout.RecordKey(previous.Height)), []);
        }
        return record.AppHash;
    }

    /// <summary>The newest height whose state was prepared; null before the first.</summary>
    public Height? Newest => NewestBelow(new Height(long.MaxValue))?.Height;

    /// <summary>Heights below this one are kept no more; 0 when nothing was pruned.</summary>
    public Height PrunedBelow => PruningProgress.Read(reader).Floor;

    /// <summary>App hash after the block of a height; false when that state was never prepared or is kept no more.</summary>
    public bool TryGetAppHash(Height height, out Hash256 appHash)
    {
        StateRecord? record = KeptRecord(height);
        appHash = record?.AppHash ?? default;
        return record is not null;
    }

    /// <summary>App hash after the block of a height that is known to be kept.</summary>
    public Hash256 AppHash(Height height)
    {
        Invariant.Holds(TryGetAppHash(height, out Hash256 appHash), "the state of the height is kept");
        return appHash;
    }

    /// <summary>A value as it was after the block of a height; null where it was absent, or the height is not kept.</summary>
    public byte[]? GetAt(StoreId store, ReadOnlySpan<byte> key, Height height) =>
        KeptRecord(height) is null ? null : ValueAt(store, key, height);

    /// <summary>
    /// Proves what a store held under a key after the block of a height, or that it held nothing. False for an empty key and
    /// for a height that is not kept.
    /// </summary>
    public bool TryProve(StoreId store, ReadOnlySpan<byte> key, Height height, [NotNullWhen(true)] out StateProof? proof)
    {
        proof = null;
        if (key.IsEmpty || KeptRecord(height) is not { } record) return false;
        int index = 0;
        while (StoreNames.All[index] != store) index++;
        Hash256 keyHash = Sha256.Hash(key);
        TreePath path = Tree(store).Find(record.Roots[index], keyHash);
        byte[]? value = null;
        CommitmentProof lower;
        if (path.End.Key is { } found && key.SequenceEqual(found))
        {
            ExistenceProof exist = Exist(store, path, height)!;
            value = exist.Value;
            lower = CommitmentProof.Of(exist);
        }
        else
        {
            // A leaf of another key at the end of the path is itself the neighbour on its side.
            int side = path.End.Key is { } other ? Sha256.Hash(other).CompareTo(keyHash) : 0;
            ExistenceProof? left = Exist(store, side < 0 ? path : path.Neighbour(toLeft: true), height);
            ExistenceProof? right = Exist(store, side > 0 ? path : path.Neighbour(toLeft: false), height);
            lower = CommitmentProof.Of(new NonExistenceProof(key.ToArray(), left, right));
        }
        ProofOp[] ops =
        [
            new(ProofOp.Smt, key.ToArray(), lower.Encode()),
            new(ProofOp.Simple, StoreNames.BytesOf(store), CommitmentProof.Of(AppHashTree.Prove(record.Roots, index)).Encode()),
        ];
        proof = new StateProof(store, key.ToArray(), value, height, ops);
        return true;
    }

    /// <summary>
    /// Adds to a batch the deletion of what serves only heights below <paramref name="keepFrom"/>, at most so many rows.
    /// Those heights count as not kept from then on; the newest height is always kept. True when nothing is left to
    /// delete; else call again once the batch is written. Touches no row that <see cref="Prepare"/> may write, so that
    /// the two may overlap.
    /// </summary>
    public bool PruneBelow(Height keepFrom, int rowsMax, WriteBatch batch)
    {
        PruningProgress progress = PruningProgress.Read(reader);
        if (Newest is { } newest && keepFrom > newest) keepFrom = newest;
        if (keepFrom < progress.Floor) keepFrom = progress.Floor;
        int rows = 0;
        Height reached = keepFrom;
        using (IKeyValueIterator walk = reader.Iterate(
            Column.Stale, StateLayout.HeightKey(progress.Cleaned.Next), StateLayout.HeightKey(keepFrom.Next)))
        {
            while (walk.MoveNext())
            {
                if (rows++ == rowsMax)
                {
                    reached = new Height(StateLayout.HeightAt(walk.Key).Value - 1);
                    break;
                }
                (Column column, byte[] key) = StateLayout.StaleTarget(walk.Key);
                batch.Delete(column, key);
                batch.Delete(Column.Stale, walk.Key);
            }
        }
        new PruningProgress(keepFrom, reached).Write(batch);
        return reached == keepFrom;
    }

    internal JellyfishTree Tree(StoreId store) => new(reader, store, TreeHashing.Ics23Smt);

    private ExistenceProof? Exist(StoreId store, TreePath? path, Height height)
    {
        if (path is null) return null;
        byte[]? value = ValueAt(store, path.End.Key, height);
        Invariant.Holds(value is not null, "a tree's leaf has a value at its height");
        return path.ToExistence(value);
    }

    internal byte[]? ValueAt(StoreId store, ReadOnlySpan<byte> key, Height height)
    {
        Hash256 keyHash = Sha256.Hash(key);
        // The first replacement after the height recorded what stood until then.
        byte[] first = StateLayout.HistoryKey(store, keyHash, height.Next);
        byte[] end = StateLayout.HistoryKey(store, keyHash, new Height(long.MaxValue));
        using IKeyValueIterator walk = reader.Iterate(Column.History, first, end);
        if (walk.MoveNext()) return walk.Value.IsEmpty ? null : walk.Value[1..].ToArray();
        return Get(store, key);
    }

    internal StateRecord? KeptRecord(Height height) => height < PruningProgress.Read(reader).Floor ? null : ReadRecord(height);

    private StateRecord? ReadRecord(Height height) =>
        reader.Get(Column.Nodes, StateLayout.RecordKey(height)) is { } bytes ? StateRecord.Decode(bytes) : null;

    private (Height Height, StateRecord Record)? NewestBelow(Height height)
    {
        Height previous = new(height.Value - 1);
        if (ReadRecord(previous) is { } record) return (previous, record);
        using IKeyValueIterator walk = reader.Iterate(Column.Nodes, [], StateLayout.HeightKey(height), descending: true);
        if (!walk.MoveNext()) return null;
        // Nodes without a record are those of a snapshot that is being restored: no state yet.
        previous = StateLayout.HeightAt(walk.Key);
        return ReadRecord(previous) is { } newest ? (previous, newest) : null;
    }
}
