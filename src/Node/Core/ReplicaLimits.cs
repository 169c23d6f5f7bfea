using System;

namespace Chain.Node.Core;

/// <summary>Bounds of the replica and of what it keeps on disk.</summary>
public static class ReplicaLimits
{
    /// <summary>
    /// Transactions in a block of ours. Blocks follow each other without a wait, so a long queue loses nothing by going into several, and
    /// a node verifies the next ones while it executes these.
    /// </summary>
    public const int ProposedTransactionsMax = 4_000;

    /// <summary>
    /// Messages of peers that wait for the replica's thread; their senders are held back then. A long one counts for several, one for
    /// each <see cref="InboxUnitBytes"/>, so that together they hold 64 MiB at most.
    /// </summary>
    public const int InboxMax = 4_096;

    /// <summary>Bytes of a message that take one place in the inbox.</summary>
    public const int InboxUnitBytes = 16 * 1024;

    /// <summary>Heights after which the store is synced and the log starts a new segment: what a restart replays at most.</summary>
    public const int SegmentHeightsMax = 128;

    /// <summary>Bytes of blocks after which the same happens sooner.</summary>
    public const long SegmentBytesMax = 64L * 1024 * 1024;

    /// <summary>Times a proposer builds a block again without transactions that execution refused; then it proposes an empty one.</summary>
    public const int BuildAttemptsMax = 8;

    /// <summary>Blocks that are dropped after one new block at most.</summary>
    public const int PruneBlocksMax = 16;

    /// <summary>Rows of old state that are dropped after one new block at most.</summary>
    public const int PruneRowsMax = 16_384;

    /// <summary>Fewest heights that a node which prunes keeps: the newest proofs, and a rollback, need some.</summary>
    public const int RetainBlocksMin = 10;

    /// <summary>How long a stop waits for the block that is under way.</summary>
    public static readonly TimeSpan FinishTimeMax = TimeSpan.FromSeconds(2);

    /// <summary>How long somebody who asks waits for the replica's thread.</summary>
    public static readonly TimeSpan LookTimeMax = TimeSpan.FromSeconds(5);
}
