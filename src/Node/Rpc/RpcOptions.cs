using System.Collections.Generic;
using System.Net;

namespace Chain.Node.Rpc;

/// <summary>Settings of the RPC server. The bounds that CometBFT has are its defaults.</summary>
public sealed record RpcOptions
{
    /// <summary>Where to listen. Port 0 takes a free one; RpcServer.Endpoint tells which.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 26657);

    /// <summary>Names that clients may use in the Host header beside the obvious ones, with or without a port.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Sites whose pages may call, as scheme://host[:port]; * for all.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    public int ConnectionsMax { get; init; } = 900;

    public int BodyBytesMax { get; init; } = 1_000_000;

    public int BatchRequestsMax { get; init; } = 10;

    /// <summary>WebSocket clients that may hold subscriptions at the same time.</summary>
    public int SubscriptionClientsMax { get; init; } = 100;

    public int SubscriptionsPerClientMax { get; init; } = 5;

    /// <summary>Blocks whose events wait for one subscription at most. One more, and the subscriber is told so and its subscription ends.</summary>
    public int SubscriptionLagBlocksMax { get; init; } = 200;

    /// <summary>Bytes of encoded events that wait for one subscription at most; those of a single block always may.</summary>
    public long SubscriptionBytesMax { get; init; } = 16L * 1024 * 1024;

    /// <summary>How long <c>broadcast_tx_commit</c> waits for its block, in milliseconds.</summary>
    public int CommitWaitMsMax { get; init; } = 10_000;

    /// <summary>Heights that one search looks through at most.</summary>
    public int SearchHeightsMax { get; init; } = 20_000;

    /// <summary>Transactions that one search looks at at most.</summary>
    public int SearchTransactionsMax { get; init; } = 20_000;

    /// <summary>Searches that run at the same time; others wait.</summary>
    public int SearchesAtOnceMax { get; init; } = 2;
}
