using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.Tests.Shared;

namespace Chain.Primitives.Tests.Blocks;

/// <summary>
/// The light blocks of Tendermint's model-based light-client tests: every header hashes to what its commit names, every
/// validator set to what its header names, and every signature in a commit verifies (in the invalid blocks some do not).
/// </summary>
public sealed class LightClientVectorTests
{
    /// <summary>Light blocks in the nine files, the trusted ones included.</summary>
    private const int LightBlockCount = 39;

    [Fact]
    public void Headers_sets_and_signatures_of_every_light_block_agree()
    {
        int count = 0;
        foreach (string file in Directory.GetFiles(Vectors.Path("light-client"), "*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
            JsonElement initial = document.RootElement.GetProperty("initial");
            Check(initial.GetProperty("signed_header"), null, initial.GetProperty("next_validator_set"), isSound: true);
            count++;
            foreach (JsonElement step in document.RootElement.GetProperty("input").EnumerateArray())
            {
                JsonElement block = step.GetProperty("block");
                bool isSound = step.GetProperty("verdict").GetString() != "INVALID";
                Check(block.GetProperty("signed_header"), block.GetProperty("validator_set"), block.GetProperty("next_validator_set"), isSound);
                count++;
            }
        }
        Assert.Equal(LightBlockCount, count);
    }

    private static void Check(JsonElement signedHeader, JsonElement? validators, JsonElement nextValidators, bool isSound)
    {
        Header header = HeaderOf(signedHeader.GetProperty("header"));
        Commit commit = CommitOf(signedHeader.GetProperty("commit"));
        Assert.Equal(commit.BlockId.Hash, header.Hash());
        Assert.Equal(commit.Height, header.Height);
        // Some blocks of the model come without validators, and then with a hash of them that nothing can be checked against.
        if (SetOf(nextValidators) is ValidatorSet next) Assert.Equal(header.NextValidatorsHash, next.Hash());
        // The trusted block comes without its own set, which can be known only where it equals the next one.
        if (validators is null && header.ValidatorsHash != header.NextValidatorsHash) return;
        if (SetOf(validators ?? nextValidators) is not ValidatorSet set) return;
        Assert.Equal(header.ValidatorsHash, set.Hash());
        for (int i = 0; i < commit.Signatures.Count; i++)
        {
            CommitSig sig = commit.Signatures[i];
            if (sig.IsAbsent) continue;
            int place = set.IndexOf(sig.ValidatorAddress);
            bool verifies = place >= 0
                && Ed25519.Verify(set.Validators[place].PublicKey, commit.SignBytesOf(i, header.ChainId), sig.Signature);
            Assert.True(verifies || !isSound, $"signature {i} at height {header.Height}");
        }
    }

    private static Header HeaderOf(JsonElement json) => new()
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

    private static Commit CommitOf(JsonElement json)
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

    private static ValidatorSet? SetOf(JsonElement json)
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

    private static Timestamp Time(JsonElement json, string name)
    {
        Assert.True(Timestamp.TryParse(Text(json, name), out Timestamp time));
        return time;
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
