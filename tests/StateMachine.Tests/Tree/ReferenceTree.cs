using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Tests.Tree;

/// <summary>The definition of the root, straight from the pairs: what every history must come to.</summary>
internal static class ReferenceTree
{
    public static Hash256 Root(TreeHashing hashing, IEnumerable<KeyValuePair<byte[], byte[]>> pairs)
    {
        List<(Hash256 Place, Hash256 Leaf)> leaves = [];
        foreach ((byte[] key, byte[] value) in pairs)
        {
            Hash256 place = Sha256.Hash(key);
            leaves.Add((place, hashing.Leaf(place, Sha256.Hash(value))));
        }
        return Root(hashing, leaves, bit: 0);
    }

    private static Hash256 Root(TreeHashing hashing, List<(Hash256 Place, Hash256 Leaf)> leaves, int bit)
    {
        if (leaves.Count == 0) return hashing.Empty;
        if (leaves.Count == 1) return leaves[0].Leaf;
        List<(Hash256, Hash256)>[] halves = [[], []];
        foreach ((Hash256 Place, Hash256 Leaf) leaf in leaves) halves[(leaf.Place[bit / 8] >> (7 - bit % 8)) & 1].Add(leaf);
        return hashing.Inner(Root(hashing, halves[0], bit + 1), Root(hashing, halves[1], bit + 1));
    }
}
