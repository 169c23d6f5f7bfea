using System;
using Chain.Node.Rpc;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.Node.Core;

/// <summary>What the node says about itself over RPC.</summary>
public sealed class NodeStatus(NodeIdentity identity, StateStore state, Func<ChainTip> tip) : INodeStatus
{
    private const long NanosPerSecond = 1_000_000_000;

    public NodeIdentity Identity => identity;

    /// <summary>A network of one has nobody to catch up with.</summary>
    public bool IsCatchingUp => false;

    public ulong AppVersion => tip().AppVersion;

    public ChainConsensusParams ConsensusParamsAt(Height height)
    {
        byte[]? stored = state.GetAt(StoreId.Meta, Schema.Key(Schema.Parameters), new Height(height.Value - 1));
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
