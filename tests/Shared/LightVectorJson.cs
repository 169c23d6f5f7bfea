using System;
using System.Collections.Generic;
using System.Text.Json;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Tests.Shared;

/// <summary>Reads the headers, commits and validator sets of Tendermint's model-based light-client tests.</summary>
internal static class LightVectorJson
{
    public static Header HeaderOf(JsonElement json) => new()
    {
        VersionBlock = ulong.Parse(Text(json.GetProperty("version"), "block")),
        VersionApp = ulong.Parse(Text(json.GetProperty("version"), "app")),
        ChainId = Text(json, "chain_id"),
        Height = new Height(long.Parse(Text(json, "height"))),
        Time = Time(json, "time"),
        LastBlockId = Id(json.GetProperty("last_block_id")),
        LastCommitHash = Hash(json, "last_commit_hash"),
        DataHash = Hash(json, "data_hash"),
        ValidatorsHash = Hash(json, "validators_hash"),
        NextValidatorsHash = Hash(json, "next_validators_hash"),
        ConsensusHash = Hash(json, "consensus_hash"),
        AppHash = Hash(json, "app_hash"),
        LastResultsHash = Hash(json, "last_results_hash"),
        EvidenceHash = Hash(json, "evidence_hash"),
        ProposerAddress = AddressIn(json, "proposer_address"),
    };

    public static Commit CommitOf(JsonElement json)
    {
        List<CommitSig> signatures = [];
        foreach (JsonElement item in json.GetProperty("signatures").EnumerateArray())
        {
            BlockIdFlag flag = (BlockIdFlag)item.GetProperty("block_id_flag").GetByte();
            signatures.Add(flag == BlockIdFlag.Absent ? CommitSig.Absent : new CommitSig(
                flag,
                AddressIn(item, "validator_address"),
                Time(item, "timestamp"),
                Signature.From(Convert.FromBase64String(Text(item, "signature")))));
        }
        return new Commit(
            new Height(long.Parse(Text(json, "height"))),
            new Round(json.GetProperty("round").GetInt32()),
            Id(json.GetProperty("block_id")),
            signatures);
    }

    /// <summary>Null for a set without members, which the model has in places.</summary>
    public static ValidatorSet? SetOf(JsonElement json)
    {
        List<ValidatorUpdate> members = [];
        foreach (JsonElement item in json.GetProperty("validators").EnumerateArray())
        {
            PublicKey key = PublicKey.From(Convert.FromBase64String(Text(item.GetProperty("pub_key"), "value")));
            Assert.Equal(Text(item, "address"), key.Address.ToHex());
            members.Add(new ValidatorUpdate(key, long.Parse(Text(item, "voting_power"))));
        }
        if (members.Count == 0) return null;
        Assert.True(ValidatorSet.TryCreate(members, out ValidatorSet set, out string error), error);
        return set;
    }

    /// <summary>The parts are called <c>part_set_header</c> in some of these files and <c>parts</c> in others.</summary>
    private static BlockId Id(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null) return BlockId.Nil;
        if (!json.TryGetProperty("parts", out JsonElement parts)) parts = json.GetProperty("part_set_header");
        return new BlockId(Hash(json, "hash"), new PartSetHeader(parts.GetProperty("total").GetUInt32(), Hash(parts, "hash")));
    }

    private static Hash256 Hash(JsonElement json, string name) =>
        Hash256.TryParse(json.GetProperty(name).GetString(), out Hash256 hash) ? hash : default;

    private static Address AddressIn(JsonElement json, string name) => Address.From(Convert.FromHexString(Text(json, name)));

    public static Timestamp Time(JsonElement json, string name)
    {
        Assert.True(Timestamp.TryParse(Text(json, name), out Timestamp time));
        return time;
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
