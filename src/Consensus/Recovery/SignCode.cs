namespace Chain.Consensus.Recovery;

/// <summary>Why the guard refuses a signature.</summary>
public enum SignCode : byte
{
    None = 0,

    /// <summary>The guard was armed for another chain (genesis hash).</summary>
    WrongChain,

    /// <summary>The request lies before what was signed last.</summary>
    Regression,

    /// <summary>Something else was signed at this height, round and step.</summary>
    Conflict,

    /// <summary>A prevote against the lock without a newer polka.</summary>
    Amnesia,

    /// <summary>The request makes no sense: no height, negative round, or a nil proposal.</summary>
    Malformed,
}
