using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Client.Answers;
using Chain.Client.Errors;

namespace Chain.Cli.Queries;

/// <summary>
/// Looks through the results of blocks for the events of one object, from the newest block back, until the event with which the
/// object began or the oldest block that the node keeps.
/// </summary>
/// <param name="key">Attribute that names the object.</param>
/// <param name="beginnings">Types of the events with which such an object begins.</param>
/// <param name="progress">Hears now and then how far the search is.</param>
internal sealed class TimelineSearch(
    ChainClient client, string key, string value, IReadOnlyList<string> beginnings, Action<string> progress)
{
    /// <summary>Blocks asked for at once.</summary>
    private const int AtOnce = 4;

    private const long ProgressBlocks = 2_000;

    /// <param name="blocksMax">Newest blocks to look through; null for as many as are needed.</param>
    public async Task<TimelineResult> RunAsync(ulong? blocksMax, CancellationToken cancel)
    {
        (long earliest, long last) = await KeptAsync(cancel);
        long limit = blocksMax is { } count ? Math.Max(earliest, last - (long)Math.Min(Math.Max(count, 1), long.MaxValue) + 1) : earliest;
        List<(long, ChainEvent)> found = [];
        bool isComplete = false;
        long first = last + 1;
        while (first > limit && !isComplete)
        {
            long low = Math.Max(limit, first - AtOnce);
            IEnumerable<Task<List<ChainEvent>?>> reads = Enumerable.Range(0, (int)(first - low)).Select(i => ReadAsync(low + i, cancel));
            List<ChainEvent>?[] blocks = await Task.WhenAll(reads);
            for (int i = blocks.Length - 1; i >= 0; i--)
            {
                // Pruned since the search began: nothing older is kept either.
                if (blocks[i] is not { } events)
                {
                    earliest = limit = first;
                    break;
                }
                first = low + i;
                found.InsertRange(0, events.Select(one => (low + i, one)));
                isComplete |= events.Any(IsBeginning);
            }
            if ((last - first) / ProgressBlocks != (last - first - AtOnce) / ProgressBlocks) progress($"Searched blocks {first} to {last} …");
        }
        return new TimelineResult(found, Math.Min(first, last), last, earliest, isComplete);
    }

    private bool IsBeginning(ChainEvent happened) =>
        beginnings.Contains(happened.Type) && happened.Attributes.All(pair => pair.Key != "from" || pair.Value == "none");

    private async Task<(long Earliest, long Last)> KeptAsync(CancellationToken cancel)
    {
        JsonElement sync = (await client.CallAsync("status", null, cancel)).GetProperty("sync_info");
        return (Number(sync, "earliest_block_height"), Number(sync, "latest_block_height"));
    }

    /// <summary>The events of one block that are about the object; null for a block that was pruned meanwhile.</summary>
    private async Task<List<ChainEvent>?> ReadAsync(long height, CancellationToken cancel)
    {
        JsonObject parameters = new() { ["height"] = $"{height}" };
        JsonElement results;
        try
        {
            results = await client.CallAsync("block_results", parameters, cancel);
        }
        catch (ClientException)
        {
            if ((await KeptAsync(cancel)).Earliest > height) return null;
            throw;
        }
        IEnumerable<JsonElement> all = ListOf(results, "finalize_block_events")
            .Concat(ListOf(results, "txs_results").SelectMany(transaction => ListOf(transaction, "events")));
        return [.. all.Select(EventOf).Where(happened => happened.Attributes.Any(pair => pair.Key == key && pair.Value == value))];
    }

    private static ChainEvent EventOf(JsonElement json) => new(
        json.GetProperty("type").GetString()!,
        [.. json.GetProperty("attributes").EnumerateArray().Select(pair =>
            KeyValuePair.Create(pair.GetProperty("key").GetString()!, pair.GetProperty("value").GetString()!))]);

    private static long Number(JsonElement holder, string name) =>
        long.Parse(holder.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static List<JsonElement> ListOf(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
}
