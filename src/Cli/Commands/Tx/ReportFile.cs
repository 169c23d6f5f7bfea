using System;
using System.CommandLine;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chain.Cli.Transactions;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Commands.Tx;

/// <summary>What the reports of kind 28 share: a file, a secret, and an announcement before the report.</summary>
internal static class ReportFile
{
    /// <summary>Completes a verb that sends a report or announces it.</summary>
    /// <param name="read">The report that the file's JSON states with a salt, and its matter; throws on a field that is not there or not well.</param>
    public static VerbCommand Sends(this VerbCommand command, VerbRunner run, Func<JsonObject, Hash256, (Message Report, Hash256 Matter)> read)
    {
        Argument<string> file = new("file") { Description = "JSON with both sides of the contradiction; see below." };
        Option<string> secret = new("--secret")
        {
            Description = "Any text that others cannot guess; it ties the report to its announcement.",
            HelpName = "TEXT",
            Required = true,
        };
        Option<bool> announce = new("--announce") { Description = "Only announce it, a minute before the report itself." };
        TxOptions options = new();
        command.Arguments.Add(file);
        command.Options.Add(secret);
        command.Options.Add(announce);
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, token) =>
        {
            Hash256 salt = Secrets.SaltOf(context.Parse.GetRequiredValue(secret));
            (Message report, Hash256 matter) = Read(command.Name, context.Parse.GetRequiredValue(file), json => read(json, salt));
            if (!context.Parse.GetValue(announce)) return report;
            NodeStatus status = await client.StatusAsync(token);
            Address reporter = context.AddressOf(context.Parse.GetRequiredValue(options.From));
            return new CommitReport(CommitReport.Of(status.ChainId, reporter, matter, salt));
        }, cancel));
    }

    public static Hash256 HashOf(JsonNode node) => Hash256.From(BytesOf(node, Hash256.Size));

    public static byte[] BytesOf(JsonNode node, int size) =>
        Hex.TryDecode((string)node!, out byte[] bytes) && bytes.Length == size
            ? bytes
            : throw new FormatException($"'{node}' is not {size} bytes in hex");

    private static (Message Report, Hash256 Matter) Read(string verb, string path, Func<JsonObject, (Message, Hash256)> read)
    {
        try
        {
            return read(JsonNode.Parse(File.ReadAllBytes(path))!.AsObject());
        }
        catch (Exception e) when (e is JsonException or FormatException or NullReferenceException or InvalidOperationException
            or IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"The report cannot be read: {path}.", e.Message,
                $"See 'chain tx {verb} --help' for its form.");
        }
    }
}
