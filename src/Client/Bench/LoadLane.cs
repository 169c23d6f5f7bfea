using System.Threading;
using Chain.Primitives;
using Chain.Primitives.Crypto;

namespace Chain.Client.Bench;

/// <summary>One lane of one account, as the load sees it: what was sent, and what a block carried.</summary>
internal sealed class LoadLane(PrivateKey key, byte lane)
{
    private ulong _included;

    public PrivateKey Key => key;

    public byte Lane => lane;

    /// <summary>Sequence of the next transaction to send.</summary>
    public ulong Next { get; set; }

    /// <summary>True while the mempool holds one more of this lane.</summary>
    public bool HasRoom => Next - Volatile.Read(ref _included) < Limits.SequenceGapMax;

    /// <summary>A block carried the lane's next one.</summary>
    public void CountIncluded() => Interlocked.Increment(ref _included);
}
