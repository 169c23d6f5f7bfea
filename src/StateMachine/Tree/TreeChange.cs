using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Tree;

/// <summary>A key to set or to delete.</summary>
internal readonly struct TreeChange : IComparable<TreeChange>
{
    private readonly Hash256 _keyHash;
    private readonly Hash256 _leafHash;

    private TreeChange(byte[] key, in Hash256 keyHash, in Hash256 leafHash, bool isDelete)
    {
        Key = key;
        _keyHash = keyHash;
        _leafHash = leafHash;
        IsDelete = isDelete;
    }

    /// <summary>Raw key.</summary>
    public byte[] Key { get; }

    public Hash256 KeyHash => _keyHash;

    /// <summary>Hash of the new leaf; meaningless for a deletion.</summary>
    public Hash256 LeafHash => _leafHash;

    public bool IsDelete { get; }

    public static TreeChange Put(TreeHashing hashing, byte[] key, in Hash256 keyHash, ReadOnlySpan<byte> value) =>
        new(key, keyHash, hashing.Leaf(keyHash, Sha256.Hash(value)), isDelete: false);

    public static TreeChange Delete(byte[] key, in Hash256 keyHash) => new(key, keyHash, default, isDelete: true);

    /// <summary>A leaf that stays, as a change to itself.</summary>
    public static TreeChange Keep(in TreeChild leaf) => new(leaf.Key!, Sha256.Hash(leaf.Key), leaf.Hash, isDelete: false);

    public int CompareTo(TreeChange other) => _keyHash.CompareTo(other._keyHash);
}
