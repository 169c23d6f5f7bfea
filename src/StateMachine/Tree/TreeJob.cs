using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Tree;

/// <summary>
/// The changes under one slot of a tree's root. Reads the store, writes nothing but itself: jobs may run in parallel on a
/// store that bears parallel reads. Each is run exactly once.
/// </summary>
public sealed class TreeJob
{
    private readonly JellyfishTree _tree;
    private readonly long _version;
    private readonly TreeChild _before;
    private readonly ReadOnlyMemory<TreeChange> _changes;

    internal TreeJob(JellyfishTree tree, long version, int slot, in TreeChild before, ReadOnlyMemory<TreeChange> changes)
    {
        _tree = tree;
        _version = version;
        Slot = slot;
        _before = before;
        _changes = changes;
    }

    internal int Slot { get; }

    /// <summary>The subtree after the changes.</summary>
    internal TreeChild After { get; private set; }

    /// <summary>Keys and bytes of the new nodes.</summary>
    internal List<(byte[] Key, byte[] Value)> Written { get; } = [];

    /// <summary>Keys of the nodes that the new version no longer reaches.</summary>
    internal List<byte[]> Replaced { get; } = [];

    public void Run() => After = Apply(_before, depth: 1, _changes.Span);

    /// <summary>How many of the changes, from the first on, share its nibble at a depth.</summary>
    internal static int CountInSlot(ReadOnlySpan<TreeChange> changes, int depth)
    {
        int slot = TreePlace.Nibble(changes[0].KeyHash, depth);
        int count = 1;
        while (count < changes.Length && TreePlace.Nibble(changes[count].KeyHash, depth) == slot) count++;
        return count;
    }

    private TreeChild Apply(in TreeChild before, int depth, ReadOnlySpan<TreeChange> changes) =>
        before.Kind == TreeChildKind.Internal ? ApplyToNode(before, depth, changes) : Build(depth, Puts(changes, before));

    private TreeChild ApplyToNode(in TreeChild before, int depth, ReadOnlySpan<TreeChange> changes)
    {
        Hash256 path = changes[0].KeyHash;
        TreeNode node = _tree.Load(before.Version, path, depth);
        bool changed = false;
        while (!changes.IsEmpty)
        {
            int slot = TreePlace.Nibble(changes[0].KeyHash, depth);
            int count = CountInSlot(changes, depth);
            TreeChild after = Apply(node[slot], depth + 1, changes[..count]);
            changed |= !after.Equals(node[slot]);
            node[slot] = after;
            changes = changes[count..];
        }
        if (!changed) return before;
        // One of this version is written over: a restore comes back to it with the next chunk.
        if (before.Version != _version) Replaced.Add(TreePlace.NodeKey(before.Version, _tree.Store, path, depth));
        return Settle(node, path, depth);
    }

    /// <summary>Leaves for where there was at most one: what is put, and that one unless a change names it.</summary>
    private static TreeChange[] Puts(ReadOnlySpan<TreeChange> changes, in TreeChild before)
    {
        List<TreeChange> puts = new(changes.Length + 1);
        bool keeps = before.Kind == TreeChildKind.Leaf;
        TreeChange kept = keeps ? TreeChange.Keep(before) : default;
        foreach (TreeChange change in changes)
        {
            int order = keeps ? kept.CompareTo(change) : 1;
            if (order < 0) puts.Add(kept);
            if (order <= 0) keeps = false;
            if (!change.IsDelete) puts.Add(change);
        }
        if (keeps) puts.Add(kept);
        return [.. puts];
    }

    /// <summary>A subtree from nothing.</summary>
    private TreeChild Build(int depth, ReadOnlySpan<TreeChange> leaves)
    {
        if (leaves.IsEmpty) return default;
        if (leaves.Length == 1) return TreeChild.Leaf(leaves[0].Key, leaves[0].LeafHash);
        Hash256 path = leaves[0].KeyHash;
        TreeNode node = new();
        while (!leaves.IsEmpty)
        {
            int count = CountInSlot(leaves, depth);
            node[TreePlace.Nibble(leaves[0].KeyHash, depth)] = Build(depth + 1, leaves[..count]);
            leaves = leaves[count..];
        }
        return Settle(node, path, depth);
    }

    private TreeChild Settle(TreeNode node, in Hash256 path, int depth)
    {
        if (node.Collapses(out TreeChild into)) return into;
        Written.Add((TreePlace.NodeKey(_version, _tree.Store, path, depth), TreeCodec.EncodeNode(node)));
        return TreeChild.Internal(_version, node.Hash(_tree.Hashing));
    }
}
