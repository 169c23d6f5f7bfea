namespace Chain.StateMachine.Execution;

/// <summary>The ways in which a block's content is not valid.</summary>
public enum BlockFaultCode
{
    None = 0,

    /// <summary>This binary has no rules for the header's application version.</summary>
    UnknownVersion,

    /// <summary>The header's application version is not the one that the state prescribes.</summary>
    WrongVersion,

    /// <summary>Transactions are larger together than a block may be.</summary>
    TooManyBytes,

    /// <summary>The transactions' work exceeds <c>max_gas</c>.</summary>
    TooMuchWork,

    /// <summary>The evidence is larger than a block may carry.</summary>
    TooMuchEvidence,

    /// <summary>Evidence is older than both of its ages allow.</summary>
    EvidenceExpired,

    /// <summary>Evidence for a validator and height that were punished before, or that stands in the block twice.</summary>
    EvidenceRepeated,

    /// <summary>A transaction is malformed, for another chain, or expired.</summary>
    BadTransaction,

    /// <summary>A transaction stands in the block twice.</summary>
    DuplicateTransaction,

    /// <summary>A transaction's signature is not its key's.</summary>
    BadSignature,
}
