using System;
using System.Collections.Generic;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tree;

/// <summary>One new version of a tree in the making: the root's slots as separate jobs, and what joins them.</summary>
internal sealed class TreeUpdate
{
    private readonly JellyfishTree _tree;
    private readonly TreeChild _root;
    private readonly long _version;
    private readonly TreeNode _top;
    private readonly List<TreeJob> _jobs = [];

    public TreeUpdate(JellyfishTree tree, in TreeChild root, long version, ReadOnlyMemory<TreeChange> changes)
    {
        _tree = tree;
        _root = root;
        _version = version;
        _top = root.Kind == TreeChildKind.Internal ? tree.Load(root.Version, default, 0) : new TreeNode();
        // A root that is a leaf hangs from its slot meanwhile: a leaf's hash does not depend on its depth.
        if (root.Key is { } key) _top[TreePlace.Nibble(Sha256.Hash(key), 0)] = root;
        while (!changes.IsEmpty)
        {
            int slot = TreePlace.Nibble(changes.Span[0].KeyHash, 0);
            int count = TreeJob.CountInSlot(changes.Span, depth: 0);
            _jobs.Add(new TreeJob(tree, version, slot, _top[slot], changes[..count]));
            changes = changes[count..];
        }
    }

    /// <summary>At most 16. Independent of each other.</summary>
    public IReadOnlyList<TreeJob> Jobs => _jobs;

    /// <summary>
    /// Once all jobs have run: adds the nodes that are new and the index of those that are stale, and answers the new root.
    /// </summary>
    public TreeChild Finish(WriteBatch batch)
    {
        bool changed = false;
        foreach (TreeJob job in _jobs)
        {
            changed |= !job.After.Equals(_top[job.Slot]);
            _top[job.Slot] = job.After;
            foreach ((byte[] key, byte[] value) in job.Written) batch.Put(Column.Nodes, key, value);
            foreach (byte[] key in job.Replaced) PutStale(batch, key);
        }
        if (!changed) return _root;
        if (_root.Kind == TreeChildKind.Internal && _root.Version != _version) PutStale(batch, TreePlace.NodeKey(_root.Version, _tree.Store, default, 0));
        if (_top.Collapses(out TreeChild root)) return root;
        batch.Put(Column.Nodes, TreePlace.NodeKey(_version, _tree.Store, default, 0), TreeCodec.EncodeNode(_top));
        return TreeChild.Internal(_version, _top.Hash(_tree.Hashing));
    }

    private void PutStale(WriteBatch batch, byte[] nodeKey) =>
        batch.Put(Column.Stale, StateLayout.StaleKey(_version, Column.Nodes, nodeKey), []);
}
