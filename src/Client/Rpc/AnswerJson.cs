using System;
using System.Collections.Generic;
using System.Text.Json;
using Chain.Client.Answers;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Proofs;

namespace Chain.Client.Rpc;

/// <summary>Whole answers of CometBFT's methods into types. Nothing is verified here.</summary>
public static class AnswerJson
{
    public static NodeStatus Status(JsonElement answer)
    {
        JsonElement node = RpcJson.Field(answer, "node_info");
        JsonElement sync = RpcJson.Field(answer, "sync_info");
        JsonElement validator = RpcJson.Field(answer, "validator_info");
        return new NodeStatus(
            RpcJson.Text(node, "network"),
            RpcJson.Text(node, "moniker"),
            RpcJson.Text(node, "id"),
            RpcJson.Text(node, "version"),
            new Height(RpcJson.Long(sync, "latest_block_height")),
            RpcJson.Time(sync, "latest_block_time"),
            RpcJson.HashOrZero(sync, "latest_block_hash"),
            RpcJson.HashOrZero(sync, "latest_app_hash"),
            RpcJson.Bool(sync, "catching_up"),
            RpcJson.ConsensusAddress(validator, "address"),
            RpcJson.Long(validator, "voting_power"));
    }

    /// <summary>The peers in an answer of <c>net_info</c>.</summary>
    public static IReadOnlyList<PeerAnswer> Peers(JsonElement answer)
    {
        List<PeerAnswer> peers = [];
        foreach (JsonElement item in RpcJson.Items(answer, "peers"))
        {
            JsonElement node = RpcJson.Field(item, "node_info");
            JsonElement other = RpcJson.Field(node, "other");
            long tripUs = RpcJson.LongOr(other, "round_trip_us", -1);
            peers.Add(new PeerAnswer(
                RpcJson.Text(node, "id"),
                RpcJson.Text(node, "listen_addr"),
                RpcJson.Bool(item, "is_outbound"),
                RpcJson.TextOr(other, "chain_version", ""),
                (int)RpcJson.LongOr(other, "score", 0),
                tripUs < 0 ? null : TimeSpan.FromMicroseconds(tripUs)));
        }
        return peers;
    }

    public static BlockAnswer Block(JsonElement answer)
    {
        JsonElement block = RpcJson.Field(answer, "block");
        List<byte[]> transactions = [];
        foreach (JsonElement item in RpcJson.Items(RpcJson.Field(block, "data"), "txs"))
        {
            if (item.ValueKind != JsonValueKind.String) throw RpcJson.Bad("txs", "holds something that is not text");
            transactions.Add(RpcJson.Base64(item.GetString()!, "txs"));
        }
        return new BlockAnswer(
            BlockJson.BlockId(RpcJson.Field(answer, "block_id")),
            BlockJson.Header(RpcJson.Field(block, "header")),
            transactions,
            BlockJson.Commit(RpcJson.Field(block, "last_commit")));
    }

    public static SignedHeader SignedHeader(JsonElement answer)
    {
        JsonElement signed = RpcJson.Field(answer, "signed_header");
        return new SignedHeader(
            BlockJson.Header(RpcJson.Field(signed, "header")), BlockJson.Commit(RpcJson.Field(signed, "commit")));
    }

    public static QueryAnswer Query(JsonElement answer)
    {
        JsonElement response = RpcJson.Field(answer, "response");
        List<ProofOp> proof = [];
        if (response.TryGetProperty("proofOps", out JsonElement ops) && ops.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonElement op in RpcJson.Items(ops, "ops"))
            {
                proof.Add(new ProofOp(RpcJson.Text(op, "type"), RpcJson.Base64(op, "key"), RpcJson.Base64(op, "data")));
            }
        }
        return new QueryAnswer(
            RpcJson.Code(response),
            new Height(RpcJson.LongOr(response, "height", 0)),
            RpcJson.Base64OrEmpty(response, "key"),
            RpcJson.Base64OrEmpty(response, "value"),
            proof,
            RpcJson.TextOr(response, "log", ""));
    }

    /// <summary>What running or checking a transaction gave.</summary>
    public static ExecutionResult Result(JsonElement json)
    {
        List<ChainEvent> events = [];
        foreach (JsonElement item in RpcJson.Items(json, "events"))
        {
            List<KeyValuePair<string, string>> attributes = [];
            foreach (JsonElement pair in RpcJson.Items(item, "attributes"))
            {
                attributes.Add(new(RpcJson.Text(pair, "key"), RpcJson.TextOr(pair, "value", "")));
            }
            events.Add(new ChainEvent(RpcJson.TextOr(item, "type", ""), attributes));
        }
        long wanted = RpcJson.LongOr(json, "gas_wanted", 0);
        return new ExecutionResult(
            RpcJson.Code(json), RpcJson.TextOr(json, "log", ""), wanted, RpcJson.LongOr(json, "gas_used", 0), events);
    }

    /// <summary>The fate of a transaction that is in a block.</summary>
    public static TransactionFate FateOf(ExecutionResult result) =>
        result.Code == 0 ? TransactionFate.Included : TransactionFate.Rejected;
}
