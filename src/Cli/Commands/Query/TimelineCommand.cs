using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using Chain.Cli.Queries;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Spectre.Console;

namespace Chain.Cli.Commands.Query;

/// <summary><c>chain query timeline</c>: the events of one object, out of the results of the blocks.</summary>
internal static class TimelineCommand
{
    /// <summary>What a timeline can be about, and the events with which such a thing begins; a provider may begin in the genesis.</summary>
    private static readonly Dictionary<string, string[]> Objects = new(StringComparer.Ordinal)
    {
        ["order"] = ["OrderOpened", "OrderFilled"],
        ["lease"] = ["LeaseCreated"],
        ["case"] = ["CaseOpened"],
        ["proposal"] = ["ProposalOpened"],
        ["offer"] = ["OfferPosted"],
        ["provider"] = [],
        ["task"] = ["TaskOpened"],
    };

    public static VerbCommand Create(VerbRunner run)
    {
        Argument<string> what = new("what") { Description = $"What it is about. One of: {string.Join(", ", Objects.Keys)}." };
        Argument<string> id = new("id") { Description = "Its number, or a provider's address." };
        Option<ulong?> blocks = new("--blocks")
        {
            Description = "Look through so many of the newest blocks only (default: back to where the object began, or to the oldest block kept).",
            HelpName = "N",
        };
        what.Checked(text =>
        {
            if (Objects.ContainsKey(text)) return;
            throw new ClientException(ClientErrorCode.BadInput, $"'{text}' has no timeline.",
                $"Choose one of: {string.Join(", ", Objects.Keys)}.", "");
        });
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
            string key = context.Parse.GetRequiredValue(what);
            string value = IdOf(context, key, context.Parse.GetRequiredValue(id));
            using ChainClient client = context.Connect();
            TimelineSearch search = new(client, key, value, Objects[key], context.Output.Progress);
            TimelineResult found = await search.RunAsync(context.Parse.GetValue(blocks), cancel);
            JsonArray events = [.. found.Events.Select(one => JsonOf(one.Height, one.Event))];
            JsonObject json = new()
            {
                ["events"] = events,
                ["first_height"] = $"{found.First}",
                ["last_height"] = $"{found.Last}",
                ["complete"] = found.IsComplete,
            };
            context.Output.Answer(json, screen => Print(screen, found, $"{key} {value}"));
            return ExitCode.Ok;
        });
    }

    private static string IdOf(CliContext context, string key, string text)
    {
        if (key == "provider") return context.AddressOf(text).ToString();
        if (ulong.TryParse(text, out ulong number)) return $"{number}";
        throw new ClientException(ClientErrorCode.BadInput, $"'{text}' is no number of {(key is "order" or "offer" ? "an" : "a")} {key}.",
            "It is a whole number.", $"For example: chain query timeline {key} 1");
    }

    private static void Print(Screen screen, TimelineResult found, string what)
    {
        foreach ((long height, ChainEvent happened) in found.Events)
        {
            screen.WriteMarked($"{height}  ", Color.Default, $"{happened.Type}  {EventForms.Of(happened.Type, happened.Attributes).ToLine()}");
        }
        string range = $"blocks {found.First} to {found.Last}";
        if (found.Events.Count == 0) screen.WriteLine($"No event of {what} is in {range}.");
        else if (found.IsComplete) screen.WriteLine($"That is all from its beginning to block {found.Last}.");
        else screen.WriteLine($"Those are the events in {range}.");
        if (found.IsComplete) return;
        screen.WriteLine(found.First == 1
            ? "The search went back to the first block."
            : found.First == found.Earliest
                ? "The node keeps no older blocks; ask an archive node (retain_blocks 0) for what happened before."
                : $"Older blocks were not searched: the node keeps them from {found.Earliest} on (--blocks).");
    }

    private static JsonObject JsonOf(long height, ChainEvent happened)
    {
        JsonObject json = new() { ["height"] = height, ["event"] = happened.Type };
        foreach ((string key, string value) in happened.Attributes) json[key] = value;
        return json;
    }
}
