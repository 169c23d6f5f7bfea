using System.Net;

namespace Chain.Node.Rpc;

/// <summary>Settings of the RPC server. The bounds that CometBFT has are its defaults.</summary>
public sealed record RpcOptions
{
    /// <summary>Where to listen. Port 0 takes a free one; RpcServer.Endpoint tells which.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 26657);

    public int ConnectionsMax { get; init; } = 900;

    public int BodyBytesMax { get; init; } = 1_000_000;

    public int BatchRequestsMax { get; init; } = 10;

    /// <summary>WebSocket clients that may hold subscriptions at the same time.</summary>
    public int SubscriptionClientsMax { get; init; } = 100;

    public int SubscriptionsPerClientMax { get; init; } = 5;

    /// <summary>Blocks that a subscriber may fall behind before it is told so and cut off.</summary>
    public int SubscriptionLagBlocksMax { get; init; } = 200;

    /// <summary>How long <c>broadcast_tx_commit</c> waits for its block, in milliseconds.</summary>
    public int CommitWaitMsMax { get; init; } = 10_000;
}
