using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Tree;

/// <summary>
/// The constants that turn a Jellyfish tree into hashes: <c>leaf = H(leafPrefix‖H(key)‖H(value))</c>,
/// <c>inner = H(innerPrefix‖left‖right)</c>, a value for "nothing"; a subtree of one leaf is that leaf.
/// </summary>
public sealed class TreeHashing
{
    /// <summary>Ours: what ICS-23 names <c>SmtSpec</c> (celestiaorg/smt).</summary>
    public static readonly TreeHashing Ics23Smt = new([0], [1], default);

    /// <summary>Those of the <c>jmt</c> crate, whose published roots check the same code.</summary>
    public static readonly TreeHashing JmtCrate = new(
        "JMT::LeafNode"u8, "JMT::IntrnalNode"u8, Hash256.From("SPARSE_MERKLE_PLACEHOLDER_HASH__"u8));

    private readonly byte[] _leafPrefix;
    private readonly byte[] _innerPrefix;

    private TreeHashing(ReadOnlySpan<byte> leafPrefix, ReadOnlySpan<byte> innerPrefix, Hash256 empty)
    {
        _leafPrefix = leafPrefix.ToArray();
        _innerPrefix = innerPrefix.ToArray();
        Empty = empty;
    }

    /// <summary>Stands for an empty subtree, and is the root of an empty tree.</summary>
    public Hash256 Empty { get; }

    /// <summary>What an inner node's preimage begins with.</summary>
    public ReadOnlySpan<byte> InnerPrefix => _innerPrefix;

    public Hash256 Leaf(in Hash256 keyHash, in Hash256 valueHash) => Sha256.Hash(_leafPrefix, keyHash.Span, valueHash.Span);

    public Hash256 Inner(in Hash256 left, in Hash256 right) => Sha256.Hash(_innerPrefix, left.Span, right.Span);
}
