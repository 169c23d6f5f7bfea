using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking;
using Chain.Node.Peers;
using Chain.Node.Rpc;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.Node.Core;

/// <summary>What the node says about itself over RPC.</summary>
public sealed class NodeStatus(NodeIdentity identity, StateStore state, NodeCore core, Replica replica, PeerService? peers) : INodeStatus
{
    private const long NanosPerSecond = 1_000_000_000;

    public NodeIdentity Identity => identity;

    public bool IsCatchingUp => core.IsBehind;

    public IReadOnlyList<PeerInfo> Peers => peers?.Peers ?? [];

    public ulong AppVersion => core.Tip.AppVersion;

    public ValueTask<ConsensusView?> ConsensusAsync(CancellationToken cancellation) => replica.LookAsync(cancellation);

    public ChainConsensusParams? ConsensusParamsAt(Height height)
    {
        Height before = new(height.Value - 1);
        if (before < state.PrunedBelow) return null;
        byte[]? stored = state.GetAt(StoreId.Meta, Schema.Key(Schema.Parameters), before);
        Parameters parameters = Parameters.Load(state);
        if (stored is not null)
        {
            bool isCanonical = Parameters.TryDecode(stored, out parameters, out _);
            Invariant.Holds(isCanonical, "stored parameters are canonical");
        }
        return new ChainConsensusParams(
            (long)parameters.BlockBytesMax,
            (long)parameters.BlockWorkMax,
            (long)parameters.EvidenceBlocksMax,
            (long)parameters.EvidenceSecondsMax * NanosPerSecond,
            (long)parameters.EvidenceBytesMax,
            AppVersion);
    }
}
