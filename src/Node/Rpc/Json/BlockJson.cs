using System.Collections.Generic;
using System.Text.Json;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Rpc.Json;

/// <summary>Block data in the field names and encodings of CometBFT v0.38 (<c>types/*.go</c> through <c>libs/json</c>).</summary>
internal static class BlockJson
{
    public static void BlockId(this Utf8JsonWriter writer, string name, BlockId id)
    {
        writer.WriteStartObject(name);
        writer.WriteString("hash", HexOrEmpty(id.Hash));
        writer.WriteStartObject("parts");
        writer.WriteNumber("total", id.Parts.Total);
        writer.WriteString("hash", HexOrEmpty(id.Parts.Hash));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void Header(this Utf8JsonWriter writer, string name, Header header)
    {
        writer.WriteStartObject(name);
        writer.WriteStartObject("version");
        writer.UInt64("block", header.VersionBlock);
        writer.UInt64("app", header.VersionApp);
        writer.WriteEndObject();
        writer.WriteString("chain_id", header.ChainId);
        writer.Int64("height", header.Height.Value);
        writer.Time("time", header.Time);
        writer.BlockId("last_block_id", header.LastBlockId);
        writer.HexUpper("last_commit_hash", header.LastCommitHash.Span);
        writer.HexUpper("data_hash", header.DataHash.Span);
        writer.HexUpper("validators_hash", header.ValidatorsHash.Span);
        writer.HexUpper("next_validators_hash", header.NextValidatorsHash.Span);
        writer.HexUpper("consensus_hash", header.ConsensusHash.Span);
        writer.HexUpper("app_hash", header.AppHash.Span);
        writer.HexUpper("last_results_hash", header.LastResultsHash.Span);
        writer.HexUpper("evidence_hash", header.EvidenceHash.Span);
        writer.HexUpper("proposer_address", header.ProposerAddress.Span);
        writer.WriteEndObject();
    }

    public static void Block(this Utf8JsonWriter writer, string name, Block block)
    {
        writer.WriteStartObject(name);
        writer.Header("header", block.Header);
        writer.WriteStartObject("data");
        writer.WriteStartArray("txs");
        foreach (byte[] transaction in block.Transactions) writer.WriteBase64StringValue(transaction);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("evidence");
        writer.WriteStartArray("evidence");
        foreach (DuplicateVoteEvidence evidence in block.Evidence) Evidence(writer, evidence);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Commit("last_commit", block.LastCommit);
        writer.WriteEndObject();
    }

    public static void Commit(this Utf8JsonWriter writer, string name, Commit commit)
    {
        writer.WriteStartObject(name);
        writer.Int64("height", commit.Height.Value);
        writer.WriteNumber("round", commit.Round.Value);
        writer.BlockId("block_id", commit.BlockId);
        writer.WriteStartArray("signatures");
        foreach (CommitSig sig in commit.Signatures)
        {
            writer.WriteStartObject();
            writer.WriteNumber("block_id_flag", (int)sig.Flag);
            writer.WriteString("validator_address", sig.IsAbsent ? "" : sig.ValidatorAddress.ToHex());
            writer.Time("timestamp", sig.Timestamp);
            writer.Base64("signature", sig.IsAbsent ? default : sig.Signature.Span);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Meta(this Utf8JsonWriter writer, BlockMeta meta)
    {
        writer.WriteStartObject();
        writer.BlockId("block_id", meta.Id);
        writer.Int64("block_size", meta.SizeBytes);
        writer.Header("header", meta.Header);
        writer.Int64("num_txs", meta.TransactionCount);
        writer.WriteEndObject();
    }

    public static void PublicKey(this Utf8JsonWriter writer, string name, in PublicKey key)
    {
        writer.WriteStartObject(name);
        writer.WriteString("type", "tendermint/PubKeyEd25519");
        writer.WriteBase64String("value", key.Span);
        writer.WriteEndObject();
    }

    public static void Validators(this Utf8JsonWriter writer, string name, IReadOnlyList<Validator> validators, int from, int count)
    {
        writer.WriteStartArray(name);
        for (int i = from; i < from + count; i++)
        {
            Validator validator = validators[i];
            writer.WriteStartObject();
            writer.HexUpper("address", validator.Address.Span);
            writer.PublicKey("pub_key", validator.PublicKey);
            writer.Int64("voting_power", validator.Power);
            writer.Int64("proposer_priority", validator.ProposerPriority);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Evidence(Utf8JsonWriter writer, DuplicateVoteEvidence evidence)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "tendermint/DuplicateVoteEvidence");
        writer.WriteStartObject("value");
        Vote(writer, "vote_a", evidence.VoteA);
        Vote(writer, "vote_b", evidence.VoteB);
        writer.Int64("TotalVotingPower", evidence.TotalVotingPower);
        writer.Int64("ValidatorPower", evidence.ValidatorPower);
        writer.Time("Timestamp", evidence.Timestamp);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Vote(Utf8JsonWriter writer, string name, Vote vote)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("type", (int)vote.Type);
        writer.Int64("height", vote.Height.Value);
        writer.WriteNumber("round", vote.Round.Value);
        writer.BlockId("block_id", vote.BlockId);
        writer.Time("timestamp", vote.Timestamp);
        writer.HexUpper("validator_address", vote.ValidatorAddress.Span);
        writer.WriteNumber("validator_index", vote.ValidatorIndex);
        writer.WriteBase64String("signature", vote.Signature.Span);
        writer.WriteNull("extension");
        writer.WriteNull("extension_signature");
        writer.WriteEndObject();
    }

    private static string HexOrEmpty(in Hash256 hash) => hash.IsZero ? "" : Hex.Upper(hash.Span);
}
