using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Snapshots;

/// <summary>
/// Proves that some leaves are all that a tree has in a range. The proof is the hash of each largest subtree outside of the
/// range, in order; the leaves give the hashes of those inside, and both together must give the root.
/// </summary>
/// <remarks>
/// A range ends where two leaves part (<see cref="HashRange.CutBetween"/>), so every subtree that is partly inside is an inner
/// node with leaves on both sides, and its hash always that of its two halves. Leaf and inner hashes have different prefixes: where
/// the tree has a single leaf or nothing, no halves can give the same hash. So a range that ends elsewhere is refused too.
/// </remarks>
internal static class RangeProof
{
    /// <summary>The hashes beside a range that ends where leaves part.</summary>
    public static List<Hash256> Make(JellyfishTree tree, in TreeChild root, HashRange range)
    {
        List<Hash256> siblings = [];
        Collect(tree, range, root, default, 0, siblings);
        return siblings;
    }

    /// <summary>The root that leaves and siblings give; false when there are too few or too many siblings.</summary>
    /// <param name="leaves">Key hash and leaf hash, ascending, each in the range.</param>
    public static bool TryRoot(
        HashRange range, ReadOnlySpan<(Hash256 Key, Hash256 Leaf)> leaves, IReadOnlyList<Hash256> siblings, out Hash256 root)
    {
        int used = 0;
        bool isWhole = TryHash(range, leaves, default, 0, siblings, ref used, out root);
        return isWhole && used == siblings.Count;
    }

    private static void Collect(
        JellyfishTree tree, HashRange range, in TreeChild child, in Hash256 place, int nibbles, List<Hash256> siblings)
    {
        if (range.IsInside(place, nibbles * 4)) return;
        if (range.IsOutside(place, nibbles * 4))
        {
            siblings.Add(child.RootHash(tree.Hashing));
            return;
        }
        Invariant.Holds(child.Kind == TreeChildKind.Internal, "a range ends where leaves part");
        CollectSlots(tree, range, tree.Load(child.Version, place, nibbles), place, nibbles, 0, TreeNode.Slots, siblings);
    }

    private static void CollectSlots(
        JellyfishTree tree, HashRange range, TreeNode node, in Hash256 place, int nibbles, int start, int width, List<Hash256> siblings)
    {
        Hash256 at = TreePlace.WithNibble(place, nibbles, start);
        if (width == 1)
        {
            Collect(tree, range, node[start], at, nibbles + 1, siblings);
            return;
        }
        int depth = (nibbles * 4) + 4 - int.Log2(width);
        if (range.IsInside(at, depth)) return;
        if (range.IsOutside(at, depth))
        {
            siblings.Add(node.RangeHash(tree.Hashing, start, width));
            return;
        }
        CollectSlots(tree, range, node, place, nibbles, start, width / 2, siblings);
        CollectSlots(tree, range, node, place, nibbles, start + (width / 2), width / 2, siblings);
    }

    private static bool TryHash(
        HashRange range,
        ReadOnlySpan<(Hash256 Key, Hash256 Leaf)> leaves,
        in Hash256 place,
        int depth,
        IReadOnlyList<Hash256> siblings,
        ref int used,
        out Hash256 hash)
    {
        hash = default;
        if (range.IsInside(place, depth))
        {
            hash = HashOf(leaves, depth);
            return true;
        }
        if (range.IsOutside(place, depth))
        {
            if (used == siblings.Count) return false;
            hash = siblings[used++];
            return true;
        }
        int left = CountLeft(leaves, depth);
        if (!TryHash(range, leaves[..left], place, depth + 1, siblings, ref used, out Hash256 below)) return false;
        Hash256 right = HashRange.WithBit(place, depth);
        if (!TryHash(range, leaves[left..], right, depth + 1, siblings, ref used, out Hash256 above)) return false;
        hash = TreeHashing.Ics23Smt.Inner(below, above);
        return true;
    }

    /// <summary>A whole subtree.</summary>
    private static Hash256 HashOf(ReadOnlySpan<(Hash256 Key, Hash256 Leaf)> leaves, int depth)
    {
        if (leaves.IsEmpty) return TreeHashing.Ics23Smt.Empty;
        if (leaves.Length == 1) return leaves[0].Leaf;
        int left = CountLeft(leaves, depth);
        return TreeHashing.Ics23Smt.Inner(HashOf(leaves[..left], depth + 1), HashOf(leaves[left..], depth + 1));
    }

    /// <summary>How many of the sorted leaves, which share the bits before, have a zero at a depth.</summary>
    private static int CountLeft(ReadOnlySpan<(Hash256 Key, Hash256 Leaf)> leaves, int depth)
    {
        (int low, int high) = (0, leaves.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (HashRange.BitOf(leaves[middle].Key, depth) == 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
