using System.Text.Json.Serialization;

namespace Chain.Node.Founding;

/// <summary>The text of a <see cref="GenesisContribution"/>: every field is there, and no other.</summary>
internal sealed record ContributionFile
{
    public const string FormatName = "chain/genesis-contribution/1";

    [JsonPropertyName("format")]
    public required string Format { get; init; }

    [JsonPropertyName("chain_id")]
    public required string ChainId { get; init; }

    [JsonPropertyName("moniker")]
    public required string Moniker { get; init; }

    [JsonPropertyName("peer_address")]
    public required string PeerAddress { get; init; }

    [JsonPropertyName("operator_key")]
    public required string OperatorKey { get; init; }

    [JsonPropertyName("consensus_key")]
    public required string ConsensusKey { get; init; }

    [JsonPropertyName("node_key")]
    public required string NodeKey { get; init; }

    [JsonPropertyName("operator_proof")]
    public required string OperatorProof { get; init; }

    [JsonPropertyName("consensus_proof")]
    public required string ConsensusProof { get; init; }

    [JsonPropertyName("node_proof")]
    public required string NodeProof { get; init; }
}
