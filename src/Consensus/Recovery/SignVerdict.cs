namespace Chain.Consensus.Recovery;

/// <summary>What to do with a request.</summary>
public enum SignVerdict : byte
{
    /// <summary>Do not sign.</summary>
    Refuse = 0,

    /// <summary>Sign, make the new state durable, and only then let the signature out.</summary>
    Sign = 1,

    /// <summary>The same was signed before: answer with the state's timestamp and signature.</summary>
    Reuse = 2,
}
