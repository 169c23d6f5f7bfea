using System.Collections.Generic;
using System.Numerics;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Proofs;

namespace Chain.StateMachine.Tree;

/// <summary>
/// Sixteen slots: four levels of the binary tree in one row. Invariant once written: at least two children, or one that is
/// internal.
/// </summary>
internal sealed class TreeNode
{
    public const int Slots = 16;

    private readonly TreeChild[] _children = new TreeChild[Slots];

    /// <summary>Bit i: slot i holds a leaf.</summary>
    public int Leaves { get; private set; }

    /// <summary>Bit i: slot i holds an internal child.</summary>
    public int Internals { get; private set; }

    public TreeChild this[int slot]
    {
        get => _children[slot];
        set
        {
            _children[slot] = value;
            int bit = 1 << slot;
            Leaves = value.Kind == TreeChildKind.Leaf ? Leaves | bit : Leaves & ~bit;
            Internals = value.Kind == TreeChildKind.Internal ? Internals | bit : Internals & ~bit;
        }
    }

    /// <summary>
    /// What this node is to its parent when it needs no row: nothing without children, the leaf itself with one leaf alone.
    /// </summary>
    public bool Collapses(out TreeChild into)
    {
        int occupied = Leaves | Internals;
        into = occupied == 0 ? default : _children[BitOperations.TrailingZeroCount(occupied)];
        return occupied == 0 || (Internals == 0 && BitOperations.IsPow2(occupied));
    }

    /// <summary>The occupied slot nearest to this one on a side; −1 where there is none.</summary>
    public int NearestSlot(int slot, bool toLeft)
    {
        int occupied = Leaves | Internals;
        if (toLeft) return 31 - BitOperations.LeadingZeroCount((uint)(occupied & ((1 << slot) - 1)));
        int right = occupied >> (slot + 1);
        return right == 0 ? -1 : slot + 1 + BitOperations.TrailingZeroCount(right);
    }

    public Hash256 Hash(TreeHashing hashing) => RangeHash(hashing, 0, Slots);

    /// <summary>Appends the steps that lead from this node down to a slot, the nearest to the root first.</summary>
    public void AppendSteps(TreeHashing hashing, int slot, List<InnerOp> steps)
    {
        int start = 0;
        for (int width = Slots / 2; width >= 1; width /= 2)
        {
            if (IsLeafAlone(start, width * 2)) return;
            bool goesLeft = slot < start + width;
            Hash256 sibling = RangeHash(hashing, goesLeft ? start + width : start, width);
            steps.Add(goesLeft
                ? new InnerOp(HashOp.Sha256, [.. hashing.InnerPrefix], sibling.ToArray())
                : new InnerOp(HashOp.Sha256, [.. hashing.InnerPrefix, .. sibling.Span], []));
            if (!goesLeft) start += width;
        }
    }

    internal Hash256 RangeHash(TreeHashing hashing, int start, int width)
    {
        int occupied = (Leaves | Internals) & RangeMask(start, width);
        if (occupied == 0) return hashing.Empty;
        if (width == 1 || IsLeafAlone(start, width)) return _children[BitOperations.TrailingZeroCount(occupied)].Hash;
        int half = width / 2;
        return hashing.Inner(RangeHash(hashing, start, half), RangeHash(hashing, start + half, half));
    }

    private bool IsLeafAlone(int start, int width)
    {
        int mask = RangeMask(start, width);
        return (Internals & mask) == 0 && BitOperations.IsPow2(Leaves & mask);
    }

    private static int RangeMask(int start, int width) => ((1 << width) - 1) << start;
}
