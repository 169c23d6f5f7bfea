using System;
using System.CommandLine;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Registry;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx report</c>: proves that somebody signed two statements of which there may be one.</summary>
internal static class ReportCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Argument<string> file = new("file") { Description = "JSON with both statements; see below." };
        Option<string> secret = new("--secret")
        {
            Description = "Any text that others cannot guess; it ties the report to its announcement.",
            HelpName = "TEXT",
            Required = true,
        };
        Option<bool> announce = new("--announce") { Description = "Only announce it, a minute before the report itself." };
        TxOptions options = new();
        VerbCommand command = new("report", "Report somebody who contradicted itself under its signature, and earn a share of what it loses.")
        {
            Details = "The file: {\"key\": HEX, \"role\": \"provider\", \"kind\": \"log_root\", \"reference\": HASH, \"epoch\": 7,\n"
                + "\"first\": {\"data_hash\": HASH, \"signature\": HEX}, \"second\": {...}}, the smaller data hash first.\n"
                + "Announce it first, so that nobody who sees the report can send it before you.",
            Arguments = { file },
            Options = { secret, announce },
            Examples = ["chain tx report lie.json --announce --secret owl --from carol --wait", "chain tx report lie.json --secret owl --from carol --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, token) =>
        {
            ReportFault report = Read(
                context.Parse.GetRequiredValue(file), Secrets.SaltOf(context.Parse.GetRequiredValue(secret)));
            if (!context.Parse.GetValue(announce)) return report;
            NodeStatus status = await client.StatusAsync(token);
            Address reporter = context.AddressOf(context.Parse.GetRequiredValue(options.From));
            return new CommitReport(CommitReport.Of(status.ChainId, reporter, report.Matter, report.Salt));
        }, cancel));
    }

    private static ReportFault Read(string path, Hash256 salt)
    {
        try
        {
            JsonObject json = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
            if (!JsonNames.TryParse((string)json["role"]!, out Role role)) throw new FormatException("unknown role");
            if (!JsonNames.TryParse((string)json["kind"]!, out StatementKind kind)) throw new FormatException("unknown kind");
            PublicKey key = PublicKey.From(BytesOf(json["key"]!, PublicKey.Size));
            return new ReportFault(key, role, Statement(json, kind, "first"), Statement(json, kind, "second"), salt);
        }
        catch (Exception e) when (e is JsonException or FormatException or NullReferenceException or InvalidOperationException
            or IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"The report cannot be read: {path}.", e.Message,
                "See 'chain tx report --help' for its form.");
        }
    }

    private static SignedStatement Statement(JsonObject json, StatementKind kind, string name)
    {
        JsonObject statement = json[name]!.AsObject();
        return new SignedStatement(
            kind,
            Hash256.From(BytesOf(json["reference"]!, Hash256.Size)),
            (ulong)json["epoch"]!,
            Hash256.From(BytesOf(statement["data_hash"]!, Hash256.Size)),
            Signature.From(BytesOf(statement["signature"]!, Signature.Size)));
    }

    private static byte[] BytesOf(JsonNode node, int size) =>
        Hex.TryDecode((string)node!, out byte[] bytes) && bytes.Length == size
            ? bytes
            : throw new FormatException($"'{node}' is not {size} bytes in hex");
}
