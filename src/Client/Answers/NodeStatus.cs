using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Client.Answers;

/// <summary>What a node says about itself and the chain it follows.</summary>
/// <param name="ChainId">The network's name.</param>
/// <param name="Version">The RPC version, which starts with <c>0.38.</c>.</param>
/// <param name="LatestHeight">The newest block; 0 before the first.</param>
/// <param name="LatestTime">That block's header time.</param>
/// <param name="LatestBlockHash">That block's header hash; zero before the first.</param>
/// <param name="LatestAppHash">The state hash that its header carries.</param>
/// <param name="IsCatchingUp">True while the node is behind the network.</param>
/// <param name="ValidatorAddress">Address of the node's consensus key.</param>
/// <param name="VotingPower">0 when the node does not vote.</param>
public sealed record NodeStatus(
    string ChainId,
    string Moniker,
    string NodeId,
    string Version,
    Height LatestHeight,
    Timestamp LatestTime,
    Hash256 LatestBlockHash,
    Hash256 LatestAppHash,
    bool IsCatchingUp,
    Address ValidatorAddress,
    long VotingPower);
