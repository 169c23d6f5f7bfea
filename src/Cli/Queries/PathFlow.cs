using System;
using System.Text.Json.Nodes;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.Answers;

namespace Chain.Cli.Queries;

/// <summary>Shows what a typed path of the node answers, for what has no one key of its own in the state.</summary>
internal static class PathFlow
{
    public static VerbCommand Shows(this VerbCommand command, VerbRunner run, Func<CliContext, string> path) =>
        command.Does(run, async (context, cancel) =>
        {
            using ChainClient client = context.Connect();
            QueryAnswer answer = await client.QueryAsync(path(context), ReadOnlyMemory<byte>.Empty, null, prove: false, cancel);
            JsonObject json = JsonNode.Parse(answer.Value)!.AsObject();
            context.Output.Answer(json, FactsOf(json).Print);
            return ExitCode.Ok;
        });

    private static Facts FactsOf(JsonObject json)
    {
        Facts facts = new();
        foreach ((string name, JsonNode? value) in json)
        {
            string text = value is JsonValue plain ? plain.ToString() : value?.ToJsonString() ?? "-";
            facts.Add(name, value?.DeepClone(), text.Length == 0 ? "-" : text);
        }
        return facts;
    }
}
