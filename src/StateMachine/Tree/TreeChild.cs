using System;
using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Tree;

/// <summary>
/// A subtree as its parent, or the record of a tree's root, holds it. A leaf has no row of its own: its raw key and hash stand
/// here, so that a changed key costs no extra row and a neighbour's key is at hand for proofs of absence.
/// </summary>
internal readonly struct TreeChild : IEquatable<TreeChild>
{
    private readonly Hash256 _hash;

    private TreeChild(TreeChildKind kind, byte[]? key, long version, in Hash256 hash)
    {
        Kind = kind;
        Key = key;
        Version = version;
        _hash = hash;
    }

    public TreeChildKind Kind { get; }

    /// <summary>Raw key of a leaf, else null.</summary>
    public byte[]? Key { get; }

    /// <summary>Version that wrote an internal child's node, else 0.</summary>
    public long Version { get; }

    /// <summary>Hash of the subtree; meaningless when empty, since the constants decide that one.</summary>
    public Hash256 Hash => _hash;

    public static TreeChild Leaf(byte[] key, in Hash256 hash) => new(TreeChildKind.Leaf, key, 0, hash);

    public static TreeChild Internal(long version, in Hash256 hash) => new(TreeChildKind.Internal, null, version, hash);

    /// <summary>The root hash of a tree that consists of this subtree.</summary>
    public Hash256 RootHash(TreeHashing hashing) => Kind == TreeChildKind.Empty ? hashing.Empty : _hash;

    public bool Equals(TreeChild other) => Kind == other.Kind && Version == other.Version && _hash == other._hash;

    public override bool Equals(object? obj) => obj is TreeChild other && Equals(other);

    public override int GetHashCode() => _hash.GetHashCode();
}
