using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Tests.Store;

/// <summary>Looks at the rows behind a state.</summary>
internal static class StateTreeCheck
{
    /// <summary>A column's rows in hex, in order.</summary>
    public static List<(string Key, string Value)> Rows(IKeyValueReader reader, Column column)
    {
        List<(string, string)> rows = [];
        using IKeyValueIterator walk = reader.Iterate(column, [], []);
        while (walk.MoveNext()) rows.Add((Convert.ToHexString(walk.Key), Convert.ToHexString(walk.Value)));
        return rows;
    }

    /// <summary>The rows that the newest height needs: its record and every node under its roots.</summary>
    public static List<(string Key, string Value)> ReachableRows(StateStore state, StateHistory history)
    {
        byte[] recordKey = StateLayout.RecordKey((Height)state.Newest!);
        List<byte[]> keys = [recordKey];
        StateRecord record = StateRecord.Decode(history.Database.Get(Column.Nodes, recordKey)!);
        for (int i = 0; i < record.Roots.Length; i++) Visit(history.Database, StoreNames.All[i], record.Roots[i], default, 0, keys);
        keys.Sort(ByteOrder.Instance);
        return keys.ConvertAll(key => (Convert.ToHexString(key), Convert.ToHexString(history.Database.Get(Column.Nodes, key)!)));
    }

    /// <summary>No node of the newest height is empty or holds one leaf alone.</summary>
    public static void NoNodeCollapses(StateStore state, StateHistory history)
    {
        while (state.Newest is { } newest && history.Database.Get(Column.Nodes, StateLayout.RecordKey(newest)) is null) history.Take(new WriteBatch());
        foreach ((string key, string value) in ReachableRows(state, history))
        {
            if (key.Length == 18) continue;
            Assert.False(TreeCodec.DecodeNode(Convert.FromHexString(value)).Collapses(out _));
        }
    }

    private static void Visit(IKeyValueReader reader, StoreId store, TreeChild child, Hash256 path, int depth, List<byte[]> keys)
    {
        if (child.Kind != TreeChildKind.Internal) return;
        byte[] key = TreePlace.NodeKey(child.Version, store, path, depth);
        keys.Add(key);
        TreeNode node = TreeCodec.DecodeNode(reader.Get(Column.Nodes, key)!);
        for (int slot = 0; slot < TreeNode.Slots; slot++) Visit(reader, store, node[slot], TreePlace.WithNibble(path, depth, slot), depth + 1, keys);
    }
}
