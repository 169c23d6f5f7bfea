using Chain.Node.Storage.Blocks;
using Chain.StateMachine.Store;

namespace Chain.Node.Rpc;

/// <summary>Everything that the RPC server reaches of the node.</summary>
/// <param name="Store">The database with state and blocks; read only, through snapshots where a query reads more than one key.</param>
/// <param name="DevClock">Present where <c>dev_advance</c> is allowed.</param>
public sealed record RpcPorts(
    INodeStatus Status,
    ITransactionIntake Intake,
    IKeyValueStore Store,
    BlockFeed Feed,
    IDevClock? DevClock = null)
{
    /// <summary>The blocks in <see cref="Store"/>.</summary>
    public BlockStore Blocks { get; } = new(Store);
}
