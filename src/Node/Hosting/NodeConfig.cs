using System.Collections.Generic;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Hosting;

/// <summary>What an operator may set for one node: <c>config/node.json</c>. Chain-wide values are parameters in the state.</summary>
/// <remarks>Setters, not init: generated deserializers give an init property that the file leaves out no default of ours, but 0.</remarks>
public sealed record NodeConfig
{
    /// <summary>A name for people; shown by <c>status</c>.</summary>
    [JsonPropertyName("moniker")]
    public string Moniker { get; set; } = "node";

    /// <summary>Where the RPC server listens, as address:port. Port 0 takes a free one.</summary>
    [JsonPropertyName("rpc_address")]
    public string RpcAddress { get; set; } = "127.0.0.1:26657";

    /// <summary>Where peers connect, as address:port. Empty: no peers, neither in nor out.</summary>
    [JsonPropertyName("peer_address")]
    public string PeerAddress { get; set; } = "";

    /// <summary>Whom to connect to, each as nodeid@host:port. Default none: this node waits for others.</summary>
    [JsonPropertyName("peers")]
    public IReadOnlyList<string> Peers { get; set; } = [];

    /// <summary>Node ids that are let in whatever the chain says: a way in when the grants are wrong. Default none.</summary>
    [JsonPropertyName("break_glass_peers")]
    public IReadOnlyList<string> BreakGlassPeers { get; set; } = [];

    /// <summary>A development node: its clock can be moved forward by RPC.</summary>
    [JsonPropertyName("dev")]
    public bool IsDev { get; set; }

    /// <summary>Blocks between two snapshots of the state, which new nodes can begin from. Default 10,000; 0: none are made.</summary>
    [JsonPropertyName("snapshot_interval")]
    public long SnapshotInterval { get; set; } = 10_000;

    /// <summary>
    /// A height whose block the operator knows, for a node that begins from peers' snapshots rather than from the genesis. Not above
    /// the snapshots that peers have. Ignored once there is a state. Default 0: begin from the genesis.
    /// </summary>
    [JsonPropertyName("state_sync_height")]
    public long StateSyncHeight { get; set; }

    /// <summary>Hash of that block's header, from a source that the operator trusts: 64 hexadecimal digits.</summary>
    [JsonPropertyName("state_sync_hash")]
    public string StateSyncHash { get; set; } = "";

    /// <summary>Transactions waiting in memory at most. Default 20,000.</summary>
    [JsonPropertyName("mempool_transactions_max")]
    public int MempoolTransactionsMax { get; set; } = 20_000;

    /// <summary>Their bytes at most. Default 64 MiB.</summary>
    [JsonPropertyName("mempool_bytes_max")]
    public long MempoolBytesMax { get; set; } = 64L * 1024 * 1024;

    /// <summary>Where <c>/metrics</c>, <c>/livez</c> and <c>/readyz</c> are served, as address:port. Empty, the default: nowhere.</summary>
    [JsonPropertyName("metrics_address")]
    public string MetricsAddress { get; set; } = "";

    /// <summary><c>text</c> or <c>json</c>. Default text.</summary>
    [JsonPropertyName("log_format")]
    public LogFormat LogFormat { get; set; }

    /// <summary>
    /// Least level that is logged: trace, debug, information, warning, error, critical or none. Default information.
    /// </summary>
    [JsonPropertyName("log_level")]
    [JsonConverter(typeof(EnumText<LogLevel>))]
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>
    /// Names by which clients may call the RPC server in the Host header, beside localhost and the address it listens on.
    /// Default none. A server that listens beyond this machine takes any name as long as this is empty.
    /// </summary>
    [JsonPropertyName("rpc_hosts")]
    public IReadOnlyList<string> RpcHosts { get; set; } = [];

    /// <summary>Sites whose pages may use the RPC server, such as https://shop.example; * for all. Default none.</summary>
    [JsonPropertyName("rpc_cors_origins")]
    public IReadOnlyList<string> RpcCorsOrigins { get; set; } = [];

    /// <summary>
    /// Newest heights whose blocks and states are kept. Default 100,000: a pruned node; 0: all, an archive. Blocks that evidence or
    /// light clients may still need, or who begins from a snapshot, are kept longer.
    /// </summary>
    [JsonPropertyName("retain_blocks")]
    public long RetainBlocks { get; set; } = 100_000;
}
