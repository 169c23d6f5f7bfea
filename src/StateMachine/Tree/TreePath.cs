using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Proofs;

namespace Chain.StateMachine.Tree;

/// <summary>A way from a root down to a slot: the nodes that it passes, and the slot taken in each.</summary>
internal sealed class TreePath
{
    private readonly JellyfishTree _tree;
    private readonly List<(TreeNode Node, int Slot)> _frames;
    private Hash256 _place;

    private TreePath(JellyfishTree tree, List<(TreeNode Node, int Slot)> frames, in Hash256 place)
    {
        _tree = tree;
        _frames = frames;
        _place = place;
    }

    /// <summary>What stands at the end: a leaf, perhaps of another key, or nothing.</summary>
    public TreeChild End { get; private set; }

    public static TreePath Follow(JellyfishTree tree, in TreeChild root, in Hash256 keyHash)
    {
        TreePath path = new(tree, [], keyHash) { End = root };
        while (path.End.Kind == TreeChildKind.Internal)
        {
            TreeNode node = path.LoadEnd();
            path.Step(node, TreePlace.Nibble(keyHash, path._frames.Count));
        }
        return path;
    }

    /// <summary>
    /// The way to the leaf nearest to this end on a side, not counting the end itself; null where there is none. The nodes that
    /// both ways pass are not read again.
    /// </summary>
    public TreePath? Neighbour(bool toLeft)
    {
        for (int i = _frames.Count - 1; i >= 0; i--)
        {
            (TreeNode parting, int slot) = _frames[i];
            int other = parting.NearestSlot(slot, toLeft);
            if (other < 0) continue;
            TreePath path = new(_tree, _frames[..i], _place);
            path.Step(parting, other);
            while (path.End.Kind == TreeChildKind.Internal)
            {
                TreeNode node = path.LoadEnd();
                path.Step(node, node.NearestSlot(toLeft ? TreeNode.Slots : -1, toLeft));
            }
            return path;
        }
        return null;
    }

    /// <summary>The ICS-23 proof of the leaf at the end, given its value at this version.</summary>
    public ExistenceProof ToExistence(byte[] value)
    {
        Invariant.Holds(End.Kind == TreeChildKind.Leaf, "only a leaf can be proven");
        List<InnerOp> steps = [];
        foreach ((TreeNode node, int slot) in _frames) node.AppendSteps(_tree.Hashing, slot, steps);
        steps.Reverse();
        return new ExistenceProof(End.Key!, value, ProofSpec.Smt.Leaf, [.. steps]);
    }

    private TreeNode LoadEnd() => _tree.Load(End.Version, _place, _frames.Count);

    private void Step(TreeNode node, int slot)
    {
        _place = TreePlace.WithNibble(_place, _frames.Count, slot);
        _frames.Add((node, slot));
        End = node[slot];
    }
}
