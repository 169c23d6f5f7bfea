namespace Chain.Networking;

/// <summary>What a message is about, in the order in which frames leave: the first channel with something to send goes first.</summary>
public enum Channel : byte
{
    /// <summary>Prevotes and precommits.</summary>
    Votes = 1,

    /// <summary>Proposals with the ids of their transactions.</summary>
    Proposals = 2,

    /// <summary>What a node knows of the running height, and asks for.</summary>
    Summaries = 3,

    /// <summary>Transactions for the mempool.</summary>
    Transactions = 4,

    /// <summary>Bodies of proposed blocks, and decided blocks for those behind.</summary>
    Blocks = 5,

    /// <summary>Chunks of snapshots.</summary>
    Snapshots = 6,
}
