using Chain.Primitives;

namespace Chain.Node.Peers;

/// <summary>Bounds of what peers may make this node hold, and how often it talks to them.</summary>
public static class PeerLimits
{
    /// <summary>Milliseconds between two looks at what peers lack and what we wait for.</summary>
    public const int TickMs = 100;

    /// <summary>A summary goes out at most this often to each peer, milliseconds.</summary>
    public const long SummaryMs = 250;

    /// <summary>A summary goes out at least this often, changed or not, milliseconds.</summary>
    public const long SummaryRepeatMs = 2_000;

    /// <summary>Summaries of a peer that are answered with votes, a second: each may call for all votes of many rounds.</summary>
    public const int HelpsPerSecondMax = 10;

    /// <summary>Requests of a peer for outlines and bodies that are answered, a second.</summary>
    public const int PiecesPerSecondMax = 100;

    /// <summary>Bytes of outlines and bodies that a peer gets, a second: eight full blocks, more than are decided.</summary>
    public const long PieceBytesPerSecondMax = 32L * 1024 * 1024;

    /// <summary>Bytes of transactions that a peer gets because it asks, a second. What it lacks after that it asks of others.</summary>
    public const long TransactionBytesPerSecondMax = 16L * 1024 * 1024;

    /// <summary>Rounds that one summary describes: the newest ones.</summary>
    public const int SummaryRoundsMax = 16;

    /// <summary>Outlines kept for the running height and the two after it; the oldest gives way. Count.</summary>
    public const int OutlinesMax = 24;

    /// <summary>Bytes of a block besides its transactions: header, last commit, evidence. More than there can be.</summary>
    public const long BlockRestBytesMax = 2 * 1024 * 1024;

    /// <summary>Milliseconds until what a peer did not answer is asked of another.</summary>
    public const long AskAgainMs = 500;

    /// <summary>Bytes of bodies or blocks in one message. A single block may be larger and then goes alone.</summary>
    public const int BulkBytesMax = 1024 * 1024;

    /// <summary>Transactions that one outline may name: each takes its bytes in the largest block.</summary>
    public const int OutlineTransactionsMax = Limits.BlockBytesMax / 64;

    /// <summary>Transactions that one request asks for: keeps the request small.</summary>
    public const int PlacesPerRequestMax = 8_192;

    /// <summary>Transactions that one message names: 34 bytes each, in a message of at most 256 KiB.</summary>
    public const int IdsPerMessageMax = 4_096;

    /// <summary>Milliseconds after which a transaction that still waits is named to all peers, in case it did not reach one of them.</summary>
    public const long NameAgainMs = 1_000;

    /// <summary>Transactions remembered as asked for.</summary>
    public const int AskedTransactionsMax = 65_536;

    /// <summary>Milliseconds until a transaction that a peer named and does not give is asked of another that named it.</summary>
    public const long AskElsewhereMs = 200;

    /// <summary>Peers remembered for one transaction, who were asked for it or may be.</summary>
    public const int TransactionSourcesMax = 8;

    /// <summary>Milliseconds for which nobody waits for the transactions that a peer owes, after it let us wait for one.</summary>
    public const long WithholdBenchMs = 30_000;

    /// <summary>Bytes of transactions in one answer. A larger one goes alone.</summary>
    public const int TransactionsBytesMax = 128 * 1024;

    /// <summary>Milliseconds between two looks whether a peer has room for more of a long answer.</summary>
    public const int RoomWaitMs = 5;

    /// <summary>
    /// Bytes of the past that all peers together get, a second: more than a node that catches up can take, even with full blocks, and
    /// less than half a core's work.
    /// </summary>
    public const long ArchiveBytesPerSecond = 128L * 1024 * 1024;

    /// <summary>Bytes of the past that a peer gets at once: a whole request.</summary>
    public const long ArchiveBurstBytes = BytesPerRequest;

    /// <summary>What an answer costs besides its bytes: it is looked for, and found or not.</summary>
    public const int ArchiveAnswerCost = 4 * 1024;

    /// <summary>Blocks that one request asks for.</summary>
    public const int BlocksPerRequestMax = 64;

    /// <summary>Bytes that one request for blocks may bring, as far as the newest blocks tell; one block at least.</summary>
    public const int BytesPerRequest = 8 * 1024 * 1024;

    /// <summary>Decided blocks held before they are applied, count.</summary>
    public const int SyncBlocksMax = 512;

    /// <summary>Decided blocks held before they are applied, bytes.</summary>
    public const long SyncBytesMax = 64L * 1024 * 1024;

    /// <summary>Requests for blocks that one peer works on at once.</summary>
    public const int SyncRequestsPerPeerMax = 2;

    /// <summary>Milliseconds that a peer has for a range of blocks.</summary>
    public const long SyncAnswerMs = 5_000;

    /// <summary>Milliseconds that a node one height behind waits for the votes before it asks for the block.</summary>
    public const long SyncPatienceMs = 300;

    /// <summary>Milliseconds for which a peer that did not answer is asked only when no other has the blocks.</summary>
    public const long SyncBenchMs = 30_000;

    /// <summary>Blocks that one commit is checked for, and one sync of the log.</summary>
    public const int SyncRunMax = 64;

    /// <summary>Bytes of blocks after which a run ends sooner.</summary>
    public const int SyncRunBytesMax = 4 * 1024 * 1024;

    /// <summary>Milliseconds after which no further run begins before the node looks at its other work.</summary>
    public const long SyncTurnMs = 50;

    /// <summary>Signatures remembered as verified: some seconds of full blocks.</summary>
    public const int VerifiedSignaturesMax = 65_536;
}
