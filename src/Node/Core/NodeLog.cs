using Chain.Consensus.Core;
using Chain.Primitives.Bytes;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Core;

/// <summary>Everything that the node writes to its log.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "consensus: {Kind} at height {Height} round {Round}")]
    public static partial void ConsensusNote(ILogger logger, NoteKind kind, long height, int round);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "decided height {Height} in round {Round}: {Transactions} transactions, app hash {AppHash}")]
    public static partial void Decided(ILogger logger, long height, int round, int transactions, Hash256 appHash);

    [LoggerMessage(EventId = 3, Level = LogLevel.Debug, Message = "decided height {Height} in round {Round}: no transactions")]
    public static partial void DecidedEmpty(ILogger logger, long height, int round);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "{Notice}")]
    public static partial void Notice(ILogger logger, string notice);

    [LoggerMessage(EventId = 5, Level = LogLevel.Information, Message = "replayed heights {First} to {Last} from the log onto the store")]
    public static partial void Replayed(ILogger logger, long first, long last);

    [LoggerMessage(EventId = 6, Level = LogLevel.Information, Message = "read the whole database, and all of its {Rows} rows are sound")]
    public static partial void StoreChecked(ILogger logger, long rows);

    [LoggerMessage(EventId = 20, Level = LogLevel.Information, Message = "made a snapshot of height {Height}: {Chunks} chunks")]
    public static partial void SnapshotMade(ILogger logger, long height, int chunks);

    [LoggerMessage(EventId = 21, Level = LogLevel.Information, Message = "fetching the snapshot of height {Height}, app hash {AppHash}: {Chunks} chunks")]
    public static partial void SnapshotChosen(ILogger logger, long height, Hash256 appHash, int chunks);

    [LoggerMessage(EventId = 22, Level = LogLevel.Information, Message = "begins from the snapshot of height {Height}, which is complete and proven")]
    public static partial void SnapshotRestored(ILogger logger, long height);

    [LoggerMessage(
        EventId = 9,
        Level = LogLevel.Information,
        Message = "node {NodeId} of chain {ChainId} starts at height {Height}; SHA-256 by {Sha256}")]
    public static partial void Opened(ILogger logger, string nodeId, string chainId, long height, string sha256);

    [LoggerMessage(
        EventId = 10,
        Level = LogLevel.Information,
        Message = "a signal to stop: the block under way is finished first; a second signal ends the node at once")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "stopped at height {Height}; the store holds everything")]
    public static partial void Stopped(ILogger logger, long height);

    [LoggerMessage(
        EventId = 12,
        Level = LogLevel.Information,
        Message = "stopped at height {Height} in the middle of a block; the next start goes on from the log")]
    public static partial void StoppedMidway(ILogger logger, long height);
}
