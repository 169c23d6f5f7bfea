using Chain.Node.Storage.Blocks;

namespace Chain.Node.Rpc;

/// <summary>Everything that the RPC server reaches of the node.</summary>
/// <param name="DevClock">Present where <c>dev_advance</c> is allowed.</param>
public sealed record RpcPorts(
    INodeStatus Status,
    ITransactionIntake Intake,
    BlockStore Blocks,
    BlockFeed Feed,
    IDevClock? DevClock = null);
