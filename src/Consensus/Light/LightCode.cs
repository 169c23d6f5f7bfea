namespace Chain.Consensus.Light;

/// <summary>Whether a header may be trusted, or why not (the errors of CometBFT's <c>light/verifier.go</c>).</summary>
public enum LightCode : byte
{
    Valid = 0,

    /// <summary>The trusted header is older than the trusting period: begin again from one that is known to be right.</summary>
    TrustExpired,

    /// <summary>Too few of the trusted validators signed it: verify a header in between first.</summary>
    NotEnoughTrust,

    /// <summary>Period, drift or trust level is out of bounds.</summary>
    BadOptions,

    /// <summary>Not higher than the trusted header, or not the height that was asked for.</summary>
    WrongHeight,

    /// <summary>Unknown block protocol, a height below 1 or an overlong chain id.</summary>
    Malformed,

    WrongChain,

    /// <summary>The commit is for another height or block than this header.</summary>
    CommitOfOther,

    /// <summary>Not later than the trusted header; backwards: not earlier.</summary>
    WrongTime,

    /// <summary>Later than the caller's clock by more than the drift.</summary>
    FromFuture,

    /// <summary>The validators supplied are not those that the header names.</summary>
    WrongValidators,

    /// <summary>The header's validators are not those that the trusted header announced for the next height.</summary>
    WrongNextValidators,

    /// <summary>See <see cref="LightVerdict.Commit"/>.</summary>
    InvalidCommit,

    /// <summary>The trusted header does not name it as the block before.</summary>
    NotParent,
}
