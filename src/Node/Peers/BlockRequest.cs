using Chain.Networking;
using Chain.Primitives.Blocks;

namespace Chain.Node.Peers;

/// <summary>A range of decided blocks that a peer was asked for.</summary>
internal sealed class BlockRequest(IPeer peer, Height from, Height to, long askedMs)
{
    public IPeer Peer => peer;

    /// <summary>The first height that has not come yet.</summary>
    public Height From { get; private set; } = from;

    public Height To => to;

    /// <summary>When it was asked, or answered last, Unix milliseconds.</summary>
    public long LastMs { get; private set; } = askedMs;

    public bool IsDone => From > to;

    public bool Covers(Height height) => height >= From && height <= to;

    /// <summary>Blocks come in order, so what lies before this one does not come any more and is free to be asked for again.</summary>
    public void Received(Height height, long nowMs)
    {
        From = height.Next;
        LastMs = nowMs;
    }
}
