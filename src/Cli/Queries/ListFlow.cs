using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.State;

namespace Chain.Cli.Queries;

/// <summary>Lists objects of one sort: all pages up to a limit, as the node's JSON or as a table.</summary>
internal static class ListFlow
{
    private const int LimitDefault = 100;

    /// <param name="path">The typed path, with the parts of the key that the user gave.</param>
    /// <param name="filters">Options of the command whose values go to the node under their names.</param>
    public static VerbCommand Lists(
        this VerbCommand command, VerbRunner run, string name, Func<CliContext, string> path,
        IReadOnlyList<ListFilter> filters, IReadOnlyList<ListColumn> columns)
    {
        Option<int> limit = new("--limit")
        {
            Description = "How many at most.",
            HelpName = "N",
            DefaultValueFactory = _ => LimitDefault,
        };
        foreach (ListFilter filter in filters) command.Add(filter.Option);
        command.Add(limit);
        return command.Does(run, async (context, cancel) =>
        {
            using ChainClient client = context.Connect();
            IEnumerable<KeyValuePair<string, string>> options = filters
                .Select(f => KeyValuePair.Create(f.Option.Name.TrimStart('-').Replace('-', '_'), f.Read(context)!))
                    .Where(p => p.Value is not null);
            int countMax = Math.Max(1, context.Parse.GetValue(limit));
            IReadOnlyList<JsonElement> items = await StateList.ReadAsync(client, path(context), name, options,
                countMax, cancel);
            JsonArray json = [.. items.Select(i => JsonNode.Parse(i.GetRawText()))];
            context.Output.Answer(new JsonObject { [name] = json }, console => Print(console, name, items, columns));
            return ExitCode.Ok;
        });
    }

    private static void Print(Screen screen, string name, IReadOnlyList<JsonElement> items, IReadOnlyList<ListColumn> columns)
    {
        if (items.Count == 0)
        {
            screen.WriteLine($"There are no {name.Replace('_', ' ')} that fit.");
            return;
        }
        RowTable.Print(screen, [.. columns.Select(column => new RowColumn(column.Heading, column.Drop))],
            [.. items.Select(item => (string[])[.. columns.Select(column => column.Read(name, item))])]);
    }
}
