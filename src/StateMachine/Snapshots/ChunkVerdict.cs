namespace Chain.StateMachine.Snapshots;

/// <summary>Whether a chunk is what its place in a snapshot needs, or why not.</summary>
public enum ChunkVerdict : byte
{
    Valid = 0,

    /// <summary>Bytes that are no chunk.</summary>
    Malformed,

    /// <summary>Key hashes do not ascend: pairs are swapped, or one stands twice.</summary>
    WrongOrder,

    /// <summary>A key belongs into another chunk.</summary>
    OutOfRange,

    /// <summary>The pairs are not those under the store's root: one is missing, changed or made up, or the proof is wrong.</summary>
    WrongRoot,
}
