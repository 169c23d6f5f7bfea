using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Store;

/// <summary>
/// Takes the state back to an earlier kept height with the old values that each height's batch holds. Written, the batch
/// leaves the rows that stood there after that height; read through a <see cref="BatchOverlayReader"/>, it shows that
/// height without a change to the store.
/// </summary>
public static class StateRollback
{
    /// <summary>Adds the changes to a batch. False, and nothing added, for a height that is not kept.</summary>
    public static bool TryPrepare(IKeyValueReader reader, Height height, WriteBatch batch)
    {
        StateStore state = new(reader);
        if (state.Newest is not { } newest || !state.TryGetAppHash(height, out _)) return false;
        StateRecord then = RecordAt(reader, height);
        StateRecord now = RecordAt(reader, newest);
        SortedSet<(StoreId Store, Hash256 KeyHash)> restored = [];
        using (IKeyValueIterator walk = reader.Iterate(Column.Stale, StateLayout.HeightKey(height.Next), []))
        {
            while (walk.MoveNext())
            {
                batch.Delete(Column.Stale, walk.Key);
                (Column column, byte[] key) = StateLayout.StaleTarget(walk.Key);
                if (column != Column.History) continue;
                batch.Delete(Column.History, key);
                (StoreId store, Hash256 keyHash) = ((StoreId)key[0], Hash256.From(key.AsSpan(1, Hash256.Size)));
                // Rows come by height, so that the first of a key holds what stood there until then.
                if (restored.Add((store, keyHash))) Restore(reader, store, keyHash, key, then, now, batch);
            }
        }
        using IKeyValueIterator nodes = reader.Iterate(Column.Nodes, StateLayout.HeightKey(height.Next), []);
        while (nodes.MoveNext()) batch.Delete(Column.Nodes, nodes.Key);
        return true;
    }

    /// <summary>The history knows a key by its hash only; the leaves of the trees know the key.</summary>
    private static void Restore(
        IKeyValueReader reader, StoreId store, in Hash256 keyHash, byte[] historyKey, StateRecord then, StateRecord now, WriteBatch batch)
    {
        byte[]? old = reader.Get(Column.History, historyKey);
        Invariant.Holds(old is not null, "a kept height has its old values");
        bool wasThere = old.Length > 0;
        TreeChild root = (wasThere ? then : now).Roots[(int)store - (int)StoreId.Ibc];
        byte[]? key = new JellyfishTree(reader, store, TreeHashing.Ics23Smt).Find(root, keyHash).End.Key;
        bool isFound = key is not null && Sha256.Hash(key) == keyHash;
        Invariant.Holds(isFound || !wasThere, "a value of a kept height has its leaf");
        // Neither then nor now: it came and went in between.
        if (!isFound) return;
        byte[] flatKey = StateLayout.FlatKey(store, key);
        if (wasThere) batch.Put(Column.State, flatKey, old.AsSpan(1));
        else batch.Delete(Column.State, flatKey);
    }

    private static StateRecord RecordAt(IKeyValueReader reader, Height height) =>
        StateRecord.Decode(reader.Get(Column.Nodes, StateLayout.RecordKey(height))!);
}
