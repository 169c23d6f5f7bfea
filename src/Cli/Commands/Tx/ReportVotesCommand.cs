using System;
using System.CommandLine;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Justice.Slashing;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx report-votes</c>: proves that a validator signed two blocks where it may sign one.</summary>
internal static class ReportVotesCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Argument<string> file = new("file") { Description = "JSON with both votes; see below." };
        Option<string> secret = new("--secret")
        {
            Description = "Any text that others cannot guess; it ties the report to its announcement.",
            HelpName = "TEXT",
            Required = true,
        };
        Option<bool> announce = new("--announce") { Description = "Only announce it, a minute before the report itself." };
        TxOptions options = new();
        VerbCommand command = new("report-votes", "Report a validator who voted for two blocks, and earn a share of what it loses.")
        {
            Details = "The file: {\"key\": HEX, \"type\": \"precommit\", \"height\": 7, \"round\": 0, \"index\": 0,\n"
                + "\"first\": {\"block\": HASH, \"parts\": 1, \"parts_hash\": HASH, \"time\": \"2026-01-01T00:00:00Z\", \"signature\": HEX},\n"
                + "\"second\": {...}}. A vote for no block has no \"block\". Validators bring such votes into blocks by themselves;\n"
                + "this is for votes that none of them has seen. Announce it first.",
            Arguments = { file },
            Options = { secret, announce },
            Examples =
            [
                "chain tx report-votes votes.json --announce --secret owl --from carol --wait",
                "chain tx report-votes votes.json --secret owl --from carol --wait",
            ],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, token) =>
        {
            ReportDoubleVote report = Read(
                context.Parse.GetRequiredValue(file), Secrets.SaltOf(context.Parse.GetRequiredValue(secret)));
            if (!context.Parse.GetValue(announce)) return report;
            NodeStatus status = await client.StatusAsync(token);
            Address reporter = context.AddressOf(context.Parse.GetRequiredValue(options.From));
            return new CommitReport(CommitReport.Of(status.ChainId, reporter, report.Matter, report.Salt));
        }, cancel));
    }

    private static ReportDoubleVote Read(string path, Hash256 salt)
    {
        try
        {
            JsonObject json = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
            PublicKey key = PublicKey.From(BytesOf(json["key"]!, PublicKey.Size));
            Vote first = VoteOf(json, key, "first");
            Vote second = VoteOf(json, key, "second");
            return first.BlockId < second.BlockId
                ? new ReportDoubleVote(key, first, second, salt)
                : new ReportDoubleVote(key, second, first, salt);
        }
        catch (Exception e) when (e is JsonException or FormatException or NullReferenceException or InvalidOperationException
            or IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"The report cannot be read: {path}.", e.Message,
                "See 'chain tx report-votes --help' for its form.");
        }
    }

    private static Vote VoteOf(JsonObject json, in PublicKey key, string name)
    {
        JsonObject vote = json[name]!.AsObject();
        if (!JsonNames.TryParse((string)json["type"]!, out VoteType type)) throw new FormatException("unknown type of vote");
        if (!Timestamp.TryParse((string)vote["time"]!, out Timestamp time)) throw new FormatException("time is no RFC 3339 time");
        BlockId block = vote["block"] is { } hash
            ? new BlockId(HashOf(hash), new PartSetHeader((uint)vote["parts"]!, HashOf(vote["parts_hash"]!)))
            : BlockId.Nil;
        return new Vote(
            type,
            new Height((long)json["height"]!),
            new Round((int)json["round"]!),
            block,
            time,
            key.Address,
            (int)json["index"]!,
            Signature.From(BytesOf(vote["signature"]!, Signature.Size)));
    }

    private static Hash256 HashOf(JsonNode node) => Hash256.From(BytesOf(node, Hash256.Size));

    private static byte[] BytesOf(JsonNode node, int size) =>
        Hex.TryDecode((string)node!, out byte[] bytes) && bytes.Length == size
            ? bytes
            : throw new FormatException($"'{node}' is not {size} bytes in hex");
}
