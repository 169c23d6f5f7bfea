using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Primitives.Blocks;

namespace Chain.Node.Rpc;

/// <summary>What the RPC server asks the node about itself. Called from many threads.</summary>
public interface INodeStatus
{
    NodeIdentity Identity { get; }

    /// <summary>True while the node fetches blocks that its peers have decided already.</summary>
    bool IsCatchingUp { get; }

    /// <summary>The peers that are connected now.</summary>
    IReadOnlyList<PeerInfo> Peers { get; }

    /// <summary>The application version that executes the next block.</summary>
    ulong AppVersion { get; }

    /// <summary>
    /// The consensus parameters in force at a height between the first kept and the newest plus one; null where the state before it
    /// is not kept.
    /// </summary>
    ChainConsensusParams? ConsensusParamsAt(Height height);

    /// <summary>Where consensus stands; null before the first height began.</summary>
    ValueTask<ConsensusView?> ConsensusAsync(CancellationToken cancellation);
}
