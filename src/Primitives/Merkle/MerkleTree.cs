using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Primitives.Merkle;

/// <summary>
/// The RFC 6962 tree over a list, as CometBFT's <c>crypto/merkle</c>: leaf <c>H(0x00‖x)</c>, inner <c>H(0x01‖l‖r)</c>,
/// split at the largest power of two below the count, an empty list hashes to SHA-256 of nothing.
/// </summary>
public static class MerkleTree
{
    private static ReadOnlySpan<byte> LeafPrefix => [0];

    private static ReadOnlySpan<byte> InnerPrefix => [1];

    public static Hash256 LeafHash(ReadOnlySpan<byte> leaf) => Sha256.Hash(LeafPrefix, leaf);

    public static Hash256 InnerHash(in Hash256 left, in Hash256 right) => Sha256.Hash(InnerPrefix, left.Span, right.Span);

    /// <summary>Root over the leaves in their order.</summary>
    public static Hash256 Root(IReadOnlyList<byte[]> leaves) => Root(LeafHashes(leaves));

    /// <summary>Root over leaves that are hashed already.</summary>
    public static Hash256 Root(ReadOnlySpan<Hash256> leafHashes)
    {
        if (leafHashes.Length == 0) return Sha256.OfNothing;
        if (leafHashes.Length == 1) return leafHashes[0];
        int split = SplitPoint(leafHashes.Length);
        return InnerHash(Root(leafHashes[..split]), Root(leafHashes[split..]));
    }

    /// <summary>Proof that leaf <paramref name="index"/> is in the list.</summary>
    public static MerkleProof Prove(IReadOnlyList<byte[]> leaves, int index)
    {
        Invariant.Holds(index >= 0 && index < leaves.Count, "the leaf is in the list");
        Hash256[] hashes = LeafHashes(leaves);
        List<Hash256> aunts = [];
        CollectAunts(hashes, index, aunts);
        return new MerkleProof(leaves.Count, index, hashes[index], [.. aunts]);
    }

    /// <summary>Largest power of two strictly below <paramref name="count"/>, for counts from 2.</summary>
    internal static int SplitPoint(long count)
    {
        int split = 1;
        while ((long)split * 2 < count) split *= 2;
        return split;
    }

    private static Hash256[] LeafHashes(IReadOnlyList<byte[]> leaves)
    {
        Hash256[] hashes = new Hash256[leaves.Count];
        for (int i = 0; i < hashes.Length; i++) hashes[i] = LeafHash(leaves[i]);
        return hashes;
    }

    private static void CollectAunts(ReadOnlySpan<Hash256> hashes, int index, List<Hash256> aunts)
    {
        if (hashes.Length <= 1) return;
        int split = SplitPoint(hashes.Length);
        bool goesLeft = index < split;
        CollectAunts(goesLeft ? hashes[..split] : hashes[split..], goesLeft ? index : index - split, aunts);
        aunts.Add(Root(goesLeft ? hashes[split..] : hashes[..split]));
    }
}
