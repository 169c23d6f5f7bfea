using Chain.Primitives.Crypto;

namespace Chain.Node.Rpc;

/// <summary>What does not change while a node runs.</summary>
/// <param name="ChainId">The chain's id, <c>name-N</c>.</param>
/// <param name="NodeId">The node's peer id: 40 lower-case hex digits, the address of its node key, as in CometBFT.</param>
/// <param name="Moniker">The operator's name for the node.</param>
/// <param name="PeerListenAddress">Where peers connect, <c>tcp://host:port</c>; never empty, clients refuse that.</param>
/// <param name="Version">Our own version; CometBFT's stands before it in <c>node_info.version</c>.</param>
/// <param name="ConsensusKey">The key that this node signs blocks with, also when it has no seat.</param>
/// <param name="GenesisJson">The genesis file: a JSON object in CometBFT's form.</param>
public sealed record NodeIdentity(
    string ChainId,
    string NodeId,
    string Moniker,
    string PeerListenAddress,
    string Version,
    PublicKey ConsensusKey,
    string GenesisJson);
