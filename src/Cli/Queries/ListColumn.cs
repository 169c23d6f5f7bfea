using System.Text.Json;

namespace Chain.Cli.Queries;

/// <summary>
/// A column of a list: its heading, where its value stands in the node's JSON, and how it is written for people.
/// </summary>
/// <param name="Path">Field names with dots between them, such as <c>terms.rate_max</c>.</param>
internal sealed record ListColumn(string Heading, string Path, ListFormat Format = ListFormat.Text)
{
    /// <summary>The value as text; "-" where it is missing.</summary>
    public string Read(JsonElement item)
    {
        JsonElement value = item;
        foreach (string name in Path.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value)) return "-";
        }
        if (Format == ListFormat.Count) return value.ValueKind == JsonValueKind.Array ? $"{value.GetArrayLength()}" : "-";
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (Format == ListFormat.Amount && ulong.TryParse(text, out ulong amount)) return Client.Amount.Format(amount);
        return text;
    }
}
