namespace Chain.Node.Rpc;

/// <summary>The consensus parameters as CometBFT shows them.</summary>
/// <param name="EvidenceAgeNsMax">Nanoseconds; JavaScript clients read no more than about 104 days.</param>
public sealed record ChainConsensusParams(
    long BlockBytesMax,
    long BlockGasMax,
    long EvidenceAgeBlocksMax,
    long EvidenceAgeNsMax,
    long EvidenceBytesMax,
    ulong AppVersion);
