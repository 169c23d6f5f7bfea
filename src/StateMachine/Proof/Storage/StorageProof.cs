using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Merkle;

namespace Chain.StateMachine.Proof.Storage;

/// <summary>One opened leaf.</summary>
/// <param name="Leaf">The data itself.</param>
/// <param name="Path">Hashes from the leaf's neighbour up to below the root.</param>
public sealed record StorageProof(byte[] Leaf, IReadOnlyList<Hash256> Path)
{
    /// <summary>Bytes of a leaf.</summary>
    public const int LeafBytesMax = 1024;

    /// <summary>Hashes of a path.</summary>
    public const int PathMax = 40;

    public bool Opens(in Hash256 root, ulong leaves, ulong place) =>
        new MerkleProof((long)leaves, (long)place, MerkleTree.LeafHash(Leaf), [.. Path]).Verify(root, Leaf);

    public void Write(ref MessagePackWriter writer)
    {
        writer.Array(2).Bin(Leaf).Array(Path.Count);
        foreach (Hash256 hash in Path) writer.Bin(hash);
    }

    public static StorageProof Read(ref MessagePackReader reader)
    {
        reader.Array(2);
        byte[] leaf = reader.Bin(LeafBytesMax).ToArray();
        Hash256[] path = new Hash256[reader.ArrayHeader(PathMax)];
        for (int i = 0; i < path.Length && reader.IsOk; i++) path[i] = reader.Hash256();
        reader.EndArray();
        reader.EndArray();
        return new StorageProof(leaf, path);
    }
}
