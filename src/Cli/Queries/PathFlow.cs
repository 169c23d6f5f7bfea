using System;
using System.Text.Json.Nodes;
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
            context.Output.Answer(json, JsonFacts.Of(command.Name.Replace('-', '_'), json).Print);
            return ExitCode.Ok;
        });
}
