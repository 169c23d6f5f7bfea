using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Proofs;

namespace Chain.Client.Tests.Rpc;

/// <summary>Blocks as CometBFT's RPC writes them, by hand: the other side of the readers under test.</summary>
internal static class CometJson
{
    public static JsonObject Header(Header header) => new()
    {
        ["version"] = new JsonObject { ["block"] = $"{header.VersionBlock}", ["app"] = $"{header.VersionApp}" },
        ["chain_id"] = header.ChainId,
        ["height"] = header.Height.ToString(),
        ["time"] = header.Time.ToString(),
        ["last_block_id"] = BlockId(header.LastBlockId),
        ["last_commit_hash"] = header.LastCommitHash.ToString(),
        ["data_hash"] = header.DataHash.ToString(),
        ["validators_hash"] = header.ValidatorsHash.ToString(),
        ["next_validators_hash"] = header.NextValidatorsHash.ToString(),
        ["consensus_hash"] = header.ConsensusHash.ToString(),
        ["app_hash"] = header.AppHash.ToString(),
        ["last_results_hash"] = header.LastResultsHash.ToString(),
        ["evidence_hash"] = header.EvidenceHash.ToString(),
        ["proposer_address"] = header.ProposerAddress.ToHex(),
    };

    public static JsonObject BlockId(BlockId id) => new()
    {
        ["hash"] = id.IsNil ? "" : id.Hash.ToString(),
        ["parts"] = new JsonObject { ["total"] = id.Parts.Total, ["hash"] = id.IsNil ? "" : id.Parts.Hash.ToString() },
    };

    public static JsonObject Commit(Commit commit) => new()
    {
        ["height"] = commit.Height.ToString(),
        ["round"] = commit.Round.Value,
        ["block_id"] = BlockId(commit.BlockId),
        ["signatures"] = new JsonArray([.. commit.Signatures.Select(Signature)]),
    };

    public static JsonObject Validator(Validator validator) => new()
    {
        ["address"] = validator.Address.ToHex(),
        ["pub_key"] = new JsonObject
        {
            ["type"] = "tendermint/PubKeyEd25519",
            ["value"] = Convert.ToBase64String(validator.PublicKey.Span),
        },
        ["voting_power"] = $"{validator.Power}",
        ["proposer_priority"] = $"{validator.ProposerPriority}",
    };

    public static JsonObject Query(StateProof proof) => new()
    {
        ["response"] = new JsonObject
        {
            ["code"] = 0,
            ["key"] = Convert.ToBase64String(proof.Key),
            ["value"] = Convert.ToBase64String(proof.Value ?? []),
            ["height"] = proof.Height.ToString(),
            ["proofOps"] = new JsonObject
            {
                ["ops"] = new JsonArray([.. proof.Ops.Select(op => (JsonNode)new JsonObject
                {
                    ["type"] = op.Type,
                    ["key"] = Convert.ToBase64String(op.Key),
                    ["data"] = Convert.ToBase64String(op.Data),
                })]),
            },
        },
    };

    public static JsonElement Element(JsonNode node)
    {
        using JsonDocument document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    private static JsonNode Signature(CommitSig sig) => new JsonObject
    {
        ["block_id_flag"] = (int)sig.Flag,
        ["validator_address"] = sig.IsAbsent ? "" : sig.ValidatorAddress.ToHex(),
        ["timestamp"] = sig.Timestamp.ToString(),
        ["signature"] = sig.IsAbsent ? null : Convert.ToBase64String(sig.Signature.Span),
    };
}
