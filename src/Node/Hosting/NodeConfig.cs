using System.Text.Json.Serialization;

namespace Chain.Node.Hosting;

/// <summary>What an operator may set for one node: <c>config/node.json</c>. Chain-wide values are parameters in the state.</summary>
public sealed record NodeConfig
{
    /// <summary>A name for people; shown by <c>status</c>.</summary>
    [JsonPropertyName("moniker")]
    public string Moniker { get; init; } = "node";

    /// <summary>Where the RPC server listens, as address:port. Port 0 takes a free one.</summary>
    [JsonPropertyName("rpc_address")]
    public string RpcAddress { get; init; } = "127.0.0.1:26657";

    /// <summary>A development node: its clock can be moved forward by RPC.</summary>
    [JsonPropertyName("dev")]
    public bool IsDev { get; init; }

    /// <summary>Transactions waiting in memory at most. Default 5,000.</summary>
    [JsonPropertyName("mempool_transactions_max")]
    public int MempoolTransactionsMax { get; init; } = 5_000;

    /// <summary>Their bytes at most. Default 64 MiB.</summary>
    [JsonPropertyName("mempool_bytes_max")]
    public long MempoolBytesMax { get; init; } = 64L * 1024 * 1024;
}
