using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.Primitives.Merkle;

/// <summary>Membership of one leaf in an RFC 6962 tree (<c>tendermint.crypto.Proof</c>).</summary>
/// <param name="Total">Leaves in the tree.</param>
/// <param name="Index">Place of the leaf, from 0.</param>
/// <param name="LeafHash">Hash of the leaf.</param>
/// <param name="Aunts">Sibling hashes from the leaf up to the root.</param>
public sealed record MerkleProof(long Total, long Index, Hash256 LeafHash, Hash256[] Aunts)
{
    /// <summary>True when the leaf stands at <see cref="Index"/> under the root.</summary>
    public bool Verify(in Hash256 root, ReadOnlySpan<byte> leaf) =>
        MerkleTree.LeafHash(leaf) == LeafHash && TryComputeRoot(out Hash256 computed) && computed == root;

    /// <summary>The root that the proof leads to; false when its shape is impossible.</summary>
    public bool TryComputeRoot(out Hash256 root)
    {
        root = default;
        if (Total <= 0 || Index < 0 || Index >= Total || Aunts.Length > Limits.MerkleAuntsMax) return false;
        return TryCompute(Index, Total, Aunts, out root);
    }

    /// <summary>Protobuf form, as parts and <c>tx</c> proofs carry it.</summary>
    public byte[] ToProto()
    {
        ProtoWriter writer = new();
        writer.Varint(1, Total).Varint(2, Index).Bytes(3, LeafHash.Span);
        foreach (Hash256 aunt in Aunts) writer.Message(4, aunt.Span);
        return writer.ToArray();
    }

    private bool TryCompute(long index, long total, ReadOnlySpan<Hash256> aunts, out Hash256 hash)
    {
        hash = LeafHash;
        if (total == 1) return aunts.IsEmpty;
        if (aunts.IsEmpty) return false;
        long split = 1;
        while (split < total - split) split *= 2;
        bool goesLeft = index < split;
        long below = goesLeft ? split : total - split;
        if (!TryCompute(goesLeft ? index : index - split, below, aunts[..^1], out Hash256 child)) return false;
        hash = goesLeft ? MerkleTree.InnerHash(child, aunts[^1]) : MerkleTree.InnerHash(aunts[^1], child);
        return true;
    }
}
