namespace Chain.Consensus;

/// <summary>Every bound of the consensus core, with its unit.</summary>
public static class ConsensusLimits
{
    /// <summary>Rounds above ours in which one validator's votes are kept. Count, not index.</summary>
    /// <remarks>
    /// A validator may claim any round, so memory must not follow its wishes. Counted for each validator and not from our
    /// own round: a node far behind must still see f+1 votes high above it (L55). The highest rounds win.
    /// </remarks>
    public const int CatchUpRoundsPerValidatorMax = 2;

    /// <summary>Rounds below ours whose votes are kept, besides those with a polka. Count.</summary>
    public const int PastRoundsMax = 64;

    /// <summary>How far above our round a proposal may lie: finding its proposer costs one rotation step a round.</summary>
    public const int ProposalRoundsAheadMax = 64;

    /// <summary>How many heights above ours messages are kept for.</summary>
    public const int FutureHeightsMax = 2;

    /// <summary>Votes for later heights that one validator may make us keep; the oldest gives way. Count.</summary>
    public const int FutureVotesPerValidatorMax = 8;

    /// <summary>Proposals for later heights that are kept; the oldest gives way. Count.</summary>
    public const int FutureProposalsMax = 8;

    /// <summary>Conflicting votes kept in one round for one type: what a third of the validators could spend on equivocation.</summary>
    public const int ConflictingVotesPerRoundMax = 400;

    /// <summary>Proposer-based timestamps: the message delay stops growing here. Milliseconds, as in CometBFT v1.</summary>
    public const long MessageDelayMsMax = 24L * 3600 * 1000;

    /// <summary>Bytes of one WAL record: the largest block and its framing.</summary>
    public const int WalRecordBytesMax = Primitives.Limits.BlockBytesMax + 1024;
}
