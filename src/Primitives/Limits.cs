namespace Chain.Primitives;

/// <summary>Every fixed bound of the protocol, with its unit. What governance may move is a chain parameter instead.</summary>
public static class Limits
{
    /// <summary>Bytes of a chain id, as in CometBFT (<c>MaxChainIDLen</c>).</summary>
    public const int ChainIdBytesMax = 50;

    /// <summary>Bytes of a block part (<c>BlockPartSizeBytes</c>); the last part may be shorter.</summary>
    public const int BlockPartBytes = 65_536;

    /// <summary>Bytes of a signed transaction, whatever the chain parameter says.</summary>
    public const int TransactionBytesMax = 64 * 1024;

    /// <summary>Messages in one transaction.</summary>
    public const int MessagesPerTransactionMax = 16;

    /// <summary>Transactions that one batch may submit to a node.</summary>
    public const int TransactionsPerBatchMax = 1024;

    /// <summary>Bytes of a transaction's memo.</summary>
    public const int MemoBytesMax = 128;

    /// <summary>Lanes of an account, each with its own sequence.</summary>
    public const int LanesPerAccount = 16;

    /// <summary>How far ahead of the next sequence a transaction may wait in the mempool.</summary>
    public const int SequenceGapMax = 16;

    /// <summary>Seconds that <c>valid_until</c> may lie ahead of the block that carries the transaction.</summary>
    public const int ValidUntilSecondsMax = 24 * 3600;

    /// <summary>Seconds of tolerance for <c>valid_until</c> at admission, where clocks differ.</summary>
    public const int ValidUntilSlackSeconds = 60;

    /// <summary>Nesting of arrays in a canonical MessagePack value.</summary>
    public const int CodecDepthMax = 16;

    /// <summary>Aunts in a Merkle proof (CometBFT <c>MaxAunts</c>).</summary>
    public const int MerkleAuntsMax = 100;

    /// <summary>Inner steps of an ICS-23 proof: the bits of a key's hash.</summary>
    public const int ProofPathMax = 256;

    /// <summary>Bytes of an encoded ICS-23 commitment proof: two full paths and two values, with room.</summary>
    public const int ProofBytesMax = 256 * 1024;

    /// <summary>Validators in a set.</summary>
    public const int ValidatorsMax = 200;

    /// <summary>Sum of all voting power (CometBFT <c>MaxTotalVotingPower</c>): leaves room for a factor of three.</summary>
    public const long TotalVotingPowerMax = long.MaxValue / 8;

    /// <summary>Bytes of a block in any case (CometBFT <c>MaxBlockSizeBytes</c>).</summary>
    public const int BlockBytesMax = 100 * 1024 * 1024;

    /// <summary>Pieces of evidence in one block.</summary>
    public const int EvidencePerBlockMax = 64;
}
