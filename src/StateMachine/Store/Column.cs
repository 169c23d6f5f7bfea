namespace Chain.StateMachine.Store;

/// <summary>The column families of a node's database. The numbers are names only; keys never contain them.</summary>
public enum Column
{
    /// <summary>Newest value of every state key: store id, raw key.</summary>
    State = 0,

    /// <summary>Values that were replaced: store id, key hash, height that replaced it (big-endian).</summary>
    History = 1,

    /// <summary>Tree nodes: version (big-endian), store id, nibble count, nibbles. A version's roots stand under store id 0.</summary>
    Nodes = 2,

    /// <summary>Rows that serve only heights before a version: version, column, key in that column.</summary>
    Stale = 3,

    /// <summary>Blocks, commits and results: height (big-endian), kind.</summary>
    Blocks = 4,

    /// <summary>Where to find a transaction or a block by its hash.</summary>
    Index = 5,

    /// <summary>What this node alone knows: applied height, pruning progress.</summary>
    Local = 6,
}
