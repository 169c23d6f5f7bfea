namespace Chain.StateMachine.Proofs;

/// <summary>What inner steps may look like (ICS-23 <c>InnerSpec</c>).</summary>
/// <param name="childOrder">Order in which the branches are hashed; [0, 1] for a binary tree.</param>
/// <param name="childSize">Bytes of a child's hash, with its length byte if there is one.</param>
/// <param name="minPrefixLength">Fewest bytes before the first child.</param>
/// <param name="maxPrefixLength">Most bytes before the first child.</param>
/// <param name="emptyChild">What stands for an absent child; empty where the tree has none.</param>
/// <param name="hash">The hash of every inner step.</param>
public sealed class InnerSpec(
    int[] childOrder, int childSize, int minPrefixLength, int maxPrefixLength, byte[] emptyChild, HashOp hash)
{
    public int[] ChildOrder { get; } = childOrder;

    public int ChildSize { get; } = childSize;

    public int MinPrefixLength { get; } = minPrefixLength;

    public int MaxPrefixLength { get; } = maxPrefixLength;

    public byte[] EmptyChild { get; } = emptyChild;

    public HashOp Hash { get; } = hash;
}
