using Chain.Primitives.Bytes;

namespace Chain.Client.Transactions;

/// <summary>How a transaction is to be made. What is left out is looked up or estimated.</summary>
public sealed record TransactionOptions
{
    /// <summary>Seconds that a transaction may wait for a block unless told otherwise.</summary>
    public const ulong ValidSecondsDefault = 120;

    public static readonly TransactionOptions Default = new();

    /// <summary>The account that the key speaks for; null is the key's own address, which is right until a key is rotated.</summary>
    public Address? Account { get; init; }

    /// <summary>For whom the messages act, by a grant to the account; null for the account itself.</summary>
    public Address? Granter { get; init; }

    /// <summary>0 to 15. Each lane counts its own sequence, so one key can send from several places at once.</summary>
    public byte Lane { get; init; }

    /// <summary>Null asks the node for the lane's next.</summary>
    public ulong? Sequence { get; init; }

    /// <summary>
    /// ncredit, at most; null takes twice what the present base fee asks, of which only the fee itself is paid.
    /// </summary>
    public ulong? MaxFee { get; init; }

    /// <summary>ncredit on top of the fee, for a better place in the queue.</summary>
    public ulong Tip { get; init; }

    public ulong ValidSeconds { get; init; } = ValidSecondsDefault;

    /// <summary>Public text, at most 128 bytes.</summary>
    public string Memo { get; init; } = "";
}
