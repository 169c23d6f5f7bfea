namespace Chain.Node.Core;

/// <summary>How many bytes of a block are left for transactions, as CometBFT's <c>MaxDataBytes</c> reckons.</summary>
public static class BlockSpace
{
    private const int HeaderBytesMax = 626;
    private const int BlockOverheadBytes = 11;
    private const int CommitOverheadBytes = 94;
    private const int CommitSigBytes = 109;

    /// <summary>Largest protobuf encoding of one piece of duplicate-vote evidence, with its wrapping.</summary>
    private const int EvidenceBytes = 444;

    /// <summary>Field key and length before each transaction in the block, at most.</summary>
    public const int TransactionOverheadBytes = 4;

    /// <summary>Bytes for transactions, 0 when there is no room.</summary>
    public static long TransactionBytes(long blockBytesMax, int commitSignatures, int evidenceCount)
    {
        long left = blockBytesMax - HeaderBytesMax - BlockOverheadBytes - CommitOverheadBytes
            - (CommitSigBytes * (long)commitSignatures) - (EvidenceBytes * (long)evidenceCount);
        return left > 0 ? left : 0;
    }
}
