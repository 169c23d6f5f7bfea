using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Chain.Tests.Shared;

namespace Chain.Node.Tests.Rpc;

/// <summary>
/// The fields that a stock v0.38 client reads, from <c>comet38-required-fields.txt</c>: for each method a line of required and one
/// of optional paths with their JSON type; <c>{also …}</c> lists what else the client bears.
/// </summary>
internal static class FieldContract
{
    /// <summary>Fails unless the result has every required field, and every known field has its type.</summary>
    public static void Check(string section, JsonElement result)
    {
        string file = Path.Combine(Vectors.RepositoryRoot(), "tests", "Node.Tests", "Rpc", "comet38-required-fields.txt");
        string[] lines = File.ReadAllLines(file);
        int at = Array.IndexOf(lines, $"## {section}");
        Assert.True(at >= 0, $"no section {section}");
        for (at++; at < lines.Length && !lines[at].StartsWith("##", StringComparison.Ordinal); at++)
        {
            bool isRequired = lines[at].StartsWith("REQ ", StringComparison.Ordinal);
            foreach (string field in Fields(lines[at][4..])) CheckField(section, field, isRequired, result);
        }
    }

    /// <summary>Splits at blanks outside of braces.</summary>
    private static IEnumerable<string> Fields(string line)
    {
        int start = 0;
        int depth = 0;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '{') depth++;
            if (line[i] == '}') depth--;
            if (line[i] != ' ' || depth > 0) continue;
            yield return line[start..i];
            start = i + 1;
        }
        yield return line[start..];
    }

    private static void CheckField(string section, string field, bool isRequired, JsonElement result)
    {
        int colon = field.IndexOf(':', StringComparison.Ordinal);
        string type = field[(colon + 1)..];
        string also = "";
        int brace = type.IndexOf('{', StringComparison.Ordinal);
        if (brace >= 0) (type, also) = (type[..brace], type[brace..]);
        Visit(result, field[..colon].Split('.'), 0, found =>
        {
            if (found is not { } value)
            {
                Assert.False(isRequired, $"{section}: {field} is missing");
                return;
            }
            Assert.True(Fits(value, type, also), $"{section}: {field} is {value.GetRawText()}");
        });
    }

    /// <summary>Calls back for every place of a path, with null where only the last step is missing.</summary>
    private static void Visit(JsonElement at, string[] path, int step, Action<JsonElement?> found)
    {
        if (step == path.Length)
        {
            found(at);
            return;
        }
        if (at.ValueKind == JsonValueKind.Null) return;
        bool isList = path[step].EndsWith("[]", StringComparison.Ordinal);
        string name = isList ? path[step][..^2] : path[step];
        if (!at.TryGetProperty(name, out JsonElement inner))
        {
            if (step == path.Length - 1) found(null);
            return;
        }
        if (!isList) Visit(inner, path, step + 1, found);
        if (!isList || inner.ValueKind != JsonValueKind.Array) return;
        foreach (JsonElement item in inner.EnumerateArray()) Visit(item, path, step + 1, found);
    }

    private static bool Fits(JsonElement value, string type, string also) => value.ValueKind switch
    {
        JsonValueKind.String => type == "string" && (value.GetString()!.Length > 0 || also.Contains("''", StringComparison.Ordinal)),
        JsonValueKind.Number => type == "number" && (value.GetInt64() != 0 || also.Contains('0', StringComparison.Ordinal)),
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "arr" && (value.GetArrayLength() > 0 || also.Contains("[]", StringComparison.Ordinal)),
        JsonValueKind.Null => also.Contains("null", StringComparison.Ordinal),
        _ => false,
    };
}
