using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chain.Cli.Terminal;

namespace Chain.Cli.Queries;

/// <summary>What a typed path of the node answers, as named values in the forms for people.</summary>
internal static class JsonFacts
{
    /// <param name="where">The query that the answer is of.</param>
    public static Facts Of(string where, JsonObject json)
    {
        Facts facts = new();
        foreach ((string name, JsonNode? value) in json)
        {
            string text = TextOf(where, name, value);
            facts.Add(name, value?.DeepClone(), text.Length == 0 ? "-" : text);
        }
        return facts;
    }

    /// <summary>An object is one line, a list has a line for each of its objects.</summary>
    private static string TextOf(string where, string name, JsonNode? value) => value switch
    {
        null => "-",
        JsonObject inner => Of(where, inner).ToLine(),
        JsonArray { Count: 0 } => "none",
        JsonArray list when list[0] is JsonObject => string.Join('\n', list.Select(one => TextOf(where, name, one))),
        JsonArray list => string.Join(", ", list.Select(one => TextOf(where, name, one))),
        JsonValue plain when plain.GetValueKind() == JsonValueKind.True => "yes",
        JsonValue plain when plain.GetValueKind() == JsonValueKind.False => "no",
        _ => FieldForms.Show(where, name, value.ToString()),
    };
}
