using System.Linq;
using System.Text.Json;
using Chain.Cli.Terminal;

namespace Chain.Cli.Queries;

/// <summary>
/// A column of a list: its heading, where its value stands in the node's JSON, and how it is written for people.
/// </summary>
/// <param name="Path">Field names with dots between them, such as <c>terms.rate_max</c>.</param>
/// <param name="Drop">Which columns a narrow terminal leaves out, the highest first; 0 stays.</param>
internal sealed record ListColumn(string Heading, string Path, int Drop = 0, ListFormat Format = ListFormat.Field)
{
    /// <summary>The value as text; "-" where it is missing.</summary>
    /// <param name="list">Name of the list.</param>
    public string Read(string list, JsonElement item)
    {
        JsonElement value = item;
        string[] names = Path.Split('.');
        foreach (string name in names)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value)) return "-";
        }
        if (Format == ListFormat.Count) return value.ValueKind == JsonValueKind.Array ? $"{value.GetArrayLength()}" : "-";
        return value.ValueKind switch
        {
            JsonValueKind.Null => "-",
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(one => one.ToString())),
            _ => FieldForms.ShowInColumn(list, names[^1], value.ToString()),
        };
    }
}
