using System;

namespace Chain.StateMachine.Proofs;

/// <summary>
/// Whether nothing can stand beside a path or between two. A step's branch shows in the lengths of its prefix and suffix.
/// A sibling that is the empty child counts as nothing (the placeholder rule of sparse trees).
/// </summary>
internal static class Adjacency
{
    public static bool IsLeftMost(InnerSpec spec, ReadOnlySpan<InnerOp> path)
    {
        foreach (InnerOp step in path)
        {
            if (!IsBranch(spec, step, 0) && !LeftSiblingsAreEmpty(spec, step)) return false;
        }
        return true;
    }

    public static bool IsRightMost(InnerSpec spec, ReadOnlySpan<InnerOp> path)
    {
        foreach (InnerOp step in path)
        {
            if (!IsBranch(spec, step, spec.ChildOrder.Length - 1) && !RightSiblingsAreEmpty(spec, step)) return false;
        }
        return true;
    }

    /// <summary>
    /// The paths part at one node, into adjacent branches; below it the left one keeps to the right and the right one to the
    /// left. Paths that never part, or of which one ends first, are no neighbours.
    /// </summary>
    public static bool AreNeighbours(InnerSpec spec, ReadOnlySpan<InnerOp> left, ReadOnlySpan<InnerOp> right)
    {
        while (true)
        {
            if (left.IsEmpty || right.IsEmpty) return false;
            InnerOp topLeft = left[^1];
            InnerOp topRight = right[^1];
            left = left[..^1];
            right = right[..^1];
            if (topLeft.Prefix.AsSpan().SequenceEqual(topRight.Prefix) && topLeft.Suffix.AsSpan().SequenceEqual(topRight.Suffix)) continue;
            int leftBranch = BranchOf(spec, topLeft);
            return leftBranch >= 0
                && BranchOf(spec, topRight) == leftBranch + 1
                && IsRightMost(spec, left)
                && IsLeftMost(spec, right);
        }
    }

    internal static bool LeftSiblingsAreEmpty(InnerSpec spec, InnerOp step)
    {
        int siblings = BranchOf(spec, step);
        int start = step.Prefix.Length - siblings * spec.ChildSize;
        return siblings > 0 && start >= 0 && AreEmpty(spec, step.Prefix.AsSpan(start));
    }

    internal static bool RightSiblingsAreEmpty(InnerSpec spec, InnerOp step)
    {
        int branch = BranchOf(spec, step);
        return branch >= 0 && branch < spec.ChildOrder.Length - 1 && AreEmpty(spec, step.Suffix);
    }

    private static bool AreEmpty(InnerSpec spec, ReadOnlySpan<byte> siblings)
    {
        // A tree without an empty child has an empty specimen, which equals no sibling.
        for (; siblings.Length >= spec.ChildSize; siblings = siblings[spec.ChildSize..])
        {
            if (!siblings[..spec.ChildSize].SequenceEqual(spec.EmptyChild)) return false;
        }
        return siblings.IsEmpty;
    }

    /// <summary>The branch that a step climbs from, or −1 when its lengths fit none.</summary>
    private static int BranchOf(InnerSpec spec, InnerOp step)
    {
        for (int branch = 0; branch < spec.ChildOrder.Length; branch++)
        {
            if (IsBranch(spec, step, branch)) return branch;
        }
        return -1;
    }

    private static bool IsBranch(InnerSpec spec, InnerOp step, int branch)
    {
        int position = Array.IndexOf(spec.ChildOrder, branch);
        int before = position * spec.ChildSize;
        return position >= 0
            && step.Prefix.Length >= before + spec.MinPrefixLength
            && step.Prefix.Length <= before + spec.MaxPrefixLength
            && step.Suffix.Length == (spec.ChildOrder.Length - 1 - position) * spec.ChildSize;
    }
}
