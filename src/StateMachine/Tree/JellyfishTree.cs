using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tree;

/// <summary>
/// One store's tree, at any version that is kept: 16-ary nodes laid out as in the Jellyfish Merkle tree (Gao, Hu, Wu, 2021),
/// whose keys begin with the version that wrote them, so that a block's nodes are one ascending run and old ones never change.
/// The root is a pure function of the pairs, whatever order and history they came in.
/// </summary>
internal sealed class JellyfishTree(IKeyValueReader reader, StoreId store, TreeHashing hashing)
{
    public StoreId Store => store;

    public TreeHashing Hashing => hashing;

    /// <summary>The node of an internal child that stands at a depth of a path.</summary>
    public TreeNode Load(long version, in Hash256 path, int depth)
    {
        byte[]? bytes = reader.Get(Column.Nodes, TreePlace.NodeKey(version, store, path, depth));
        Invariant.Holds(bytes is not null, "every node of a kept version is stored");
        return TreeCodec.DecodeNode(bytes);
    }

    /// <summary>
    /// Begins the version that follows from a root by some changes, sorted by key hash, each key once. Run its jobs in any
    /// order, at once if wanted, then finish it.
    /// </summary>
    public TreeUpdate Update(in TreeChild root, long version, ReadOnlyMemory<TreeChange> changes) =>
        new(this, root, version, changes);

    /// <summary>Follows a key hash down from a root, to where it is or would be.</summary>
    public TreePath Find(in TreeChild root, in Hash256 keyHash) => TreePath.Follow(this, root, keyHash);
}
