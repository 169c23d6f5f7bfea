using System;
using System.Text.Json.Nodes;
using Chain.Cli.Terminal;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx report-votes</c>: proves that a validator signed two blocks where it may sign one.</summary>
internal static class ReportVotesCommand
{
    public static VerbCommand Create(VerbRunner run) =>
        new VerbCommand("report-votes", "Report a validator who voted for two blocks, and earn a share of what it loses.")
        {
            Details = "The file: {\"key\": HEX, \"type\": \"precommit\", \"height\": 7, \"round\": 0, \"index\": 0,\n"
                + "\"first\": {\"block\": HASH, \"parts\": 1, \"parts_hash\": HASH, \"time\": \"2026-01-01T00:00:00Z\", \"signature\": HEX},\n"
                + "\"second\": {...}}. A vote for no block has no \"block\". Validators bring such votes into blocks by themselves;\n"
                + "this is for votes that none of them has seen. Announce it first.",
            Examples =
            [
                "chain tx report-votes votes.json --announce --secret owl --from carol --wait",
                "chain tx report-votes votes.json --secret owl --from carol --wait",
            ],
        }.Sends(run, Read);

    private static (Message Report, Hash256 Matter) Read(JsonObject json, Hash256 salt)
    {
        PublicKey key = PublicKey.From(ReportFile.BytesOf(json["key"]!, PublicKey.Size));
        Vote first = VoteOf(json, key, "first");
        Vote second = VoteOf(json, key, "second");
        ReportDoubleVote report = first.BlockId < second.BlockId
            ? new ReportDoubleVote(key, first, second, salt)
            : new ReportDoubleVote(key, second, first, salt);
        return (report, report.Matter);
    }

    private static Vote VoteOf(JsonObject json, in PublicKey key, string name)
    {
        JsonObject vote = json[name]!.AsObject();
        if (!JsonNames.TryParse((string)json["type"]!, out VoteType type)) throw new FormatException("unknown type of vote");
        if (!Timestamp.TryParse((string)vote["time"]!, out Timestamp time)) throw new FormatException("time is no RFC 3339 time");
        BlockId block = vote["block"] is { } hash
            ? new BlockId(ReportFile.HashOf(hash), new PartSetHeader((uint)vote["parts"]!, ReportFile.HashOf(vote["parts_hash"]!)))
            : BlockId.Nil;
        return new Vote(
            type,
            new Height((long)json["height"]!),
            new Round((int)json["round"]!),
            block,
            time,
            key.Address,
            (int)json["index"]!,
            Signature.From(ReportFile.BytesOf(vote["signature"]!, Signature.Size)));
    }
}
