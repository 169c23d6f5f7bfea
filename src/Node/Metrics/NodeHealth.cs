using System;
using System.Collections.Generic;
using Chain.Node.Core;
using Chain.Node.Peers;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.Node.Metrics;

/// <summary>Whether the node works. Each check has a name and a text that says why not; an empty text is a pass.</summary>
/// <param name="peersToDial">Peers that the configuration names.</param>
public sealed class NodeHealth(
    NodeCore core,
    Replica replica,
    ValidatorSigner signer,
    PeerService? peers,
    int peersToDial,
    NodeMetrics metrics,
    IStateReader state) : INodeHealth
{
    /// <summary>A replica that took up nothing for so long hangs: it has something to do several times a second.</summary>
    private const long IdleMsMax = 10_000;

    /// <summary>Without a block for so long a node does not follow its chain, or the chain stands.</summary>
    private const long BlockMsMin = 30_000;

    /// <summary>The same in empty-block intervals.</summary>
    private const long BlockIntervals = 6;

    /// <summary>The process answers and its one writer runs.</summary>
    public IReadOnlyList<(string Check, string WhyNot)> Live =>
        [("replica", replica.IdleMs > IdleMsMax ? $"the replica's thread took up nothing for {replica.IdleMs} ms" : "")];

    /// <summary>It also follows the chain and can do its part in it.</summary>
    public IReadOnlyList<(string Check, string WhyNot)> Ready =>
    [
        .. Live,
        ("sync", core.IsBehind ? $"it stands at height {core.Tip.Height.Value} and fetches blocks that peers have" : ""),
        ("chain", WhyNotFollowing()),
        ("peers", peersToDial > 0 && (peers?.Peers.Count ?? 0) == 0
            ? $"none of the {peersToDial} configured peers is connected" : ""),
        ("signer", WhyNotSigning()),
    ];

    private string WhyNotFollowing()
    {
        long sinceMs = (long)metrics.SinceBlock.TotalMilliseconds;
        long mostMs = Math.Max(BlockMsMin, BlockIntervals * (long)Parameters.Load(state).EmptyBlockIntervalMs);
        return sinceMs > mostMs ? $"no block came for {sinceMs} ms; the tip is height {core.Tip.Height.Value}" : "";
    }

    private string WhyNotSigning()
    {
        ChainTip tip = core.Tip;
        Address self = signer.PublicKey.Address;
        if (tip.Validators.IndexOf(self) < 0 || metrics.RefusedHeight < tip.Height.Value) return "";
        return $"the sign guard refused at height {metrics.RefusedHeight}; see the log, and 'chain signer arm --help'";
    }
}
