namespace Chain.StateMachine.Store;

/// <summary>The column families of a node's database. The numbers are names only; keys never contain them.</summary>
public enum Column
{
    /// <summary>Newest value of every state key: store id, raw key.</summary>
    State = 0,

    /// <summary>Values that were replaced: store id, key hash, height that replaced it (big-endian).</summary>
    History = 1,

    /// <summary>Tree nodes: version (big-endian), store id, nibble count, nibbles.</summary>
    Nodes = 2,

    /// <summary>Nodes that a version made stale: version, node key.</summary>
    Stale = 3,

    /// <summary>Raw key of a key hash: store id, key hash.</summary>
    Preimages = 4,

    /// <summary>Blocks, commits and results: height (big-endian), kind.</summary>
    Blocks = 5,

    /// <summary>Where to find a transaction or a block by its hash.</summary>
    Index = 6,

    /// <summary>What this node alone knows: applied height, pruning progress.</summary>
    Local = 7,
}
