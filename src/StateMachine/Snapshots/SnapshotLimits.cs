namespace Chain.StateMachine.Snapshots;

/// <summary>Bounds of snapshots, with their units. The size of a chunk is part of the format: every node cuts alike.</summary>
public static class SnapshotLimits
{
    /// <summary>A chunk ends with the pair that brings its keys and values to this many bytes.</summary>
    public const int ChunkBytes = 1024 * 1024;

    /// <summary>Bytes of an encoded chunk: room for one large pair, the lengths and the proof. One message carries it.</summary>
    public const int ChunkBytesMax = 3 * 1024 * 1024;

    /// <summary>Bytes of one value. A transaction is far smaller, and so is the largest set of validators.</summary>
    public const int ValueBytesMax = 1024 * 1024;

    /// <summary>Chunks of one snapshot: as many as a manifest has room for, some 7 GiB. A larger state is not offered.</summary>
    public const int ChunksMax = 7_168;

    /// <summary>Rows that one batch deletes where a restore is given up.</summary>
    public const int RowsPerBatch = 4_096;

    /// <summary>Bytes of an encoded manifest: a cut for each chunk.</summary>
    public const int ManifestBytesMax = 256 * 1024;

    /// <summary>Hashes beside a range: one for each level of the two paths along its ends.</summary>
    public const int SiblingsMax = 2 * 256;
}
