namespace Chain.Client.Errors;

/// <summary>
/// What can go wrong between a user and a node. What the chain itself refuses has codes of its own (<c>ResultCode</c>).
/// </summary>
public enum ClientErrorCode
{
    /// <summary>Nothing answers at the node's URL.</summary>
    NodeUnreachable,

    /// <summary>The node took too long.</summary>
    Timeout,

    /// <summary>The answer is not what CometBFT's RPC format promises.</summary>
    BadAnswer,

    /// <summary>The node answered with a JSON-RPC error.</summary>
    RpcRefused,

    /// <summary>The thing asked for does not exist.</summary>
    NotFound,

    /// <summary>The chain refused the transaction, or it failed when it ran.</summary>
    TransactionRejected,

    /// <summary>The transaction can no longer land.</summary>
    TransactionExpired,

    /// <summary>The transaction was sent, but its fate is not known yet.</summary>
    TransactionPending,

    /// <summary>A state proof does not prove what it should.</summary>
    ProofInvalid,

    /// <summary>A key file is missing, exists already or cannot be used.</summary>
    KeyFile,

    /// <summary>The user's input makes no sense.</summary>
    BadInput,

    /// <summary>The home folder does not hold what the command needs.</summary>
    Home,

    /// <summary>A light client has no block to verify from.</summary>
    TrustMissing,

    /// <summary>The newest block that a light client trusts is older than the trusting period.</summary>
    TrustExpired,

    /// <summary>A node's header does not verify.</summary>
    HeaderInvalid,

    /// <summary>Two nodes proved different headers for one height: the chain has forked.</summary>
    HeadersConflict,

    /// <summary>No witness confirms what the primary node proved.</summary>
    WitnessMissing,
}
