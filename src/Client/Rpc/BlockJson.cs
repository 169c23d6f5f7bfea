using System;
using System.Collections.Generic;
using System.Text.Json;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Client.Rpc;

/// <summary>
/// Headers, commits and validators from CometBFT's JSON into the types whose hashes and sign bytes are checked.
/// </summary>
public static class BlockJson
{
    public static Header Header(JsonElement json) => new()
    {
        VersionBlock = RpcJson.ULong(RpcJson.Field(json, "version"), "block"),
        VersionApp = (ulong)Math.Max(0, RpcJson.LongOr(RpcJson.Field(json, "version"), "app", 0)),
        ChainId = RpcJson.Text(json, "chain_id"),
        Height = new Height(RpcJson.Long(json, "height")),
        Time = RpcJson.Time(json, "time"),
        LastBlockId = BlockId(RpcJson.Field(json, "last_block_id")),
        LastCommitHash = RpcJson.HashOrZero(json, "last_commit_hash"),
        DataHash = RpcJson.HashOrZero(json, "data_hash"),
        ValidatorsHash = RpcJson.Hash(json, "validators_hash"),
        NextValidatorsHash = RpcJson.Hash(json, "next_validators_hash"),
        ConsensusHash = RpcJson.Hash(json, "consensus_hash"),
        AppHash = RpcJson.Hash(json, "app_hash"),
        LastResultsHash = RpcJson.HashOrZero(json, "last_results_hash"),
        EvidenceHash = RpcJson.HashOrZero(json, "evidence_hash"),
        ProposerAddress = RpcJson.ConsensusAddress(json, "proposer_address"),
    };

    public static BlockId BlockId(JsonElement json)
    {
        JsonElement parts = RpcJson.Field(json, "parts");
        long total = RpcJson.Long(parts, "total");
        if (total is < 0 or > uint.MaxValue) throw RpcJson.Bad("parts.total", "is out of range");
        return new BlockId(RpcJson.HashOrZero(json, "hash"),
            new PartSetHeader((uint)total, RpcJson.HashOrZero(parts, "hash")));
    }

    public static Commit Commit(JsonElement json)
    {
        List<CommitSig> signatures = [];
        foreach (JsonElement entry in RpcJson.Items(json, "signatures"))
        {
            if (signatures.Count == Limits.ValidatorsMax) throw RpcJson.Bad("signatures", "has too many entries");
            signatures.Add(CommitSig(entry));
        }
        long round = RpcJson.Long(json, "round");
        if (round is < 0 or > int.MaxValue) throw RpcJson.Bad("round", "is out of range");
        return new Commit(new Height(RpcJson.Long(json, "height")), new Round((int)round),
            BlockId(RpcJson.Field(json, "block_id")), signatures);
    }

    /// <summary>One entry of <c>validators</c>. Its address is derived from the key; the field is never trusted.</summary>
    public static Validator Validator(JsonElement json)
    {
        PublicKey key = RpcJson.Ed25519Key(json, "pub_key");
        long power = RpcJson.Long(json, "voting_power");
        if (power is <= 0 or > Limits.TotalVotingPowerMax) throw RpcJson.Bad("voting_power", "is out of range");
        return new Validator(key, power, RpcJson.LongOr(json, "proposer_priority", 0));
    }

    private static CommitSig CommitSig(JsonElement json)
    {
        long flag = RpcJson.Long(json, "block_id_flag");
        if (flag == (long)BlockIdFlag.Absent) return Primitives.Blocks.CommitSig.Absent;
        bool isVote = flag is (long)BlockIdFlag.Commit or (long)BlockIdFlag.Nil;
        if (!isVote) throw RpcJson.Bad("block_id_flag", "is none of 1, 2 and 3");
        byte[] signature = RpcJson.Base64(json, "signature");
        if (signature.Length != Signature.Size) throw RpcJson.Bad("signature", "does not have 64 bytes");
        Address address = RpcJson.ConsensusAddress(json, "validator_address");
        return new CommitSig((BlockIdFlag)flag, address, RpcJson.Time(json, "timestamp"), Signature.From(signature));
    }
}
