using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Client.Answers;
using Spectre.Console;

namespace Chain.Cli.Commands.Query;

/// <summary><c>chain query timeline</c>: the events of one object, out of the results of the last blocks.</summary>
internal static class TimelineCommand
{
    private const long BlocksDefault = 1000;

    private static readonly string[] Objects = ["order", "lease", "case", "proposal", "offer", "provider", "task"];

    public static VerbCommand Create(VerbRunner run)
    {
        Argument<string> what = new("what") { Description = $"What it is about. One of: {string.Join(", ", Objects)}." };
        Argument<string> id = new("id") { Description = "Its number, or a provider's address." };
        Option<long> blocks = new("--blocks")
        {
            Description = "How many of the last blocks to look through.",
            HelpName = "N",
            DefaultValueFactory = _ => BlocksDefault,
        };
        what.AcceptOnlyFromAmong(Objects);
        VerbCommand command = new("timeline", "Tell what happened to an order, a lease, a case or another object, in order.")
        {
            Details = "Events are part of each block's results, which its header commits to. A node that prunes knows only those of the\n"
                + "blocks that it kept.",
            Arguments = { what, id },
            Options = { blocks },
            Examples = ["chain query timeline case 1", "chain query timeline lease 4 --blocks 5000"],
        };
        return command.Does(run, async (context, cancel) =>
        {
            using ChainClient client = context.Connect();
            NodeStatus status = await client.StatusAsync(cancel);
            long last = status.LatestHeight.Value;
            long first = Math.Max(1, last - Math.Max(1, context.Parse.GetValue(blocks)) + 1);
            string key = context.Parse.GetRequiredValue(what);
            string value = context.Parse.GetRequiredValue(id);
            if (key == "provider") value = context.AddressOf(value).ToString();
            List<JsonObject> found = [];
            for (long height = first; height <= last; height++) await ReadAsync(client, height, key, value, found, cancel);
            context.Output.Answer(new JsonObject { ["events"] = new JsonArray([.. found]) }, console =>
            {
                if (found.Count == 0) console.WriteLine($"Nothing happened to {key} {value} in blocks {first} to {last}.");
                foreach (JsonObject happened in found) console.WriteLine(Line(happened));
            });
            return ExitCode.Ok;
        });
    }

    /// <summary>Adds the events of one block; one that was pruned has none to tell.</summary>
    private static async Task ReadAsync(
        ChainClient client, long height, string key, string value, List<JsonObject> found, CancellationToken cancel)
    {
        JsonObject parameters = new() { ["height"] = height.ToString(NumberFormatInfo.InvariantInfo) };
        JsonElement results;
        try
        {
            results = await client.CallAsync("block_results", parameters, cancel);
        }
        catch (Client.Errors.ClientException)
        {
            return;
        }
        foreach (JsonElement happened in EventsOf(results))
        {
            JsonElement attributes = happened.GetProperty("attributes");
            bool isAbout = attributes.EnumerateArray().Any(
                attribute => attribute.GetProperty("key").GetString() == key && attribute.GetProperty("value").GetString() == value);
            if (!isAbout) continue;
            JsonObject told = new() { ["height"] = height, ["event"] = happened.GetProperty("type").GetString() };
            foreach (JsonElement attribute in attributes.EnumerateArray())
            {
                told[attribute.GetProperty("key").GetString()!] = attribute.GetProperty("value").GetString();
            }
            found.Add(told);
        }
    }

    private static IEnumerable<JsonElement> EventsOf(JsonElement results)
    {
        foreach (JsonElement happened in ListOf(results, "finalize_block_events")) yield return happened;
        foreach (JsonElement transaction in ListOf(results, "txs_results"))
        {
            foreach (JsonElement happened in ListOf(transaction, "events")) yield return happened;
        }
    }

    private static List<JsonElement> ListOf(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string Line(JsonObject happened)
    {
        IEnumerable<string> parts = happened.Where(pair => pair.Key is not ("height" or "event")).Select(pair => $"{pair.Key}={pair.Value}");
        return $"{happened["height"]}  {happened["event"]}  {string.Join(' ', parts)}";
    }
}
