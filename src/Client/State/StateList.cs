using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Client.Rpc;

namespace Chain.Client.State;

/// <summary>Lists of objects, which only the node can make: as JSON, of the newest state, unproven.</summary>
public static class StateList
{
    private const int PageSize = 200;

    /// <summary>All pages of a typed path, at most <paramref name="countMax"/> objects.</summary>
    /// <param name="path">Such as <c>/market/orders</c>.</param>
    /// <param name="name">Name of the list in the answer, such as <c>orders</c>.</param>
    /// <param name="options">Filters, such as <c>state</c> = <c>open</c>.</param>
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(
        ChainClient client, string path, string name, IEnumerable<KeyValuePair<string, string>> options, int countMax,
        CancellationToken cancel)
    {
        List<JsonElement> items = [];
        string filter = "";
        foreach ((string key, string value) in options) filter += $"&{key}={Uri.EscapeDataString(value)}";
        string cursor = "";
        do
        {
            string page = $"{path}?limit={Math.Min(PageSize, countMax - items.Count)}{filter}&cursor={cursor}";
            QueryAnswer answer = await client.QueryAsync(page, ReadOnlyMemory<byte>.Empty, null, prove: false, cancel);
            JsonElement json = Parse(answer.Value);
            items.AddRange(RpcJson.Items(json, name));
            cursor = RpcJson.TextOr(json, "next_cursor", "");
        }
        while (cursor.Length > 0 && items.Count < countMax);
        return items;
    }

    private static JsonElement Parse(byte[] bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw RpcJson.Bad("value", "is not JSON");
        }
    }
}
