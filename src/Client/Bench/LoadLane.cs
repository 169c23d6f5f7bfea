using Chain.Primitives.Crypto;

namespace Chain.Client.Bench;

/// <summary>One lane of one account, as the load sees it: what was sent, and what a block carried.</summary>
internal sealed class LoadLane(PrivateKey key, byte lane)
{
    public PrivateKey Key => key;

    public byte Lane => lane;

    /// <summary>Sequence of the next transaction to send.</summary>
    public ulong Next { get; set; }

    /// <summary>Sequence that the chain expects next.</summary>
    public ulong Included { get; set; }
}
