using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Merkle;

namespace Chain.Primitives.Blocks;

/// <summary>Cuts an encoded block into 64-KiB parts, as CometBFT does, and names them by their Merkle root.</summary>
public static class PartSet
{
    public static PartSetHeader HeaderOf(ReadOnlySpan<byte> encodedBlock)
    {
        int total = CountOf(encodedBlock.Length);
        Hash256[] leaves = new Hash256[total];
        for (int i = 0; i < total; i++) leaves[i] = MerkleTree.LeafHash(Part(encodedBlock, i));
        return new PartSetHeader((uint)total, MerkleTree.Root(leaves));
    }

    /// <summary>How many parts an encoding of that many bytes makes.</summary>
    public static int CountOf(int byteCount) => (byteCount + Limits.BlockPartBytes - 1) / Limits.BlockPartBytes;

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> encodedBlock, int index)
    {
        ReadOnlySpan<byte> rest = encodedBlock[(index * Limits.BlockPartBytes)..];
        return rest[..Math.Min(rest.Length, Limits.BlockPartBytes)];
    }
}
