namespace Chain.Node.Core;

/// <summary>Bounds of the replica and of what it keeps on disk.</summary>
public static class ReplicaLimits
{
    /// <summary>Messages of peers that wait for the replica's thread; their senders are held back then.</summary>
    public const int InboxMax = 4_096;

    /// <summary>Heights after which the store is synced and the log starts a new segment: what a restart replays at most.</summary>
    public const int SegmentHeightsMax = 128;

    /// <summary>Bytes of blocks after which the same happens sooner.</summary>
    public const long SegmentBytesMax = 64L * 1024 * 1024;

    /// <summary>Times a proposer builds a block again without transactions that execution refused; then it proposes an empty one.</summary>
    public const int BuildAttemptsMax = 8;
}
