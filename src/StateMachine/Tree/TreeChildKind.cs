namespace Chain.StateMachine.Tree;

/// <summary>What stands in one of a node's 16 slots.</summary>
internal enum TreeChildKind : byte
{
    Empty = 0,

    /// <summary>A subtree of one key.</summary>
    Leaf = 1,

    /// <summary>A subtree of two keys or more, with a node of its own.</summary>
    Internal = 2,
}
