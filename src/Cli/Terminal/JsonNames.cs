using System;
using System.Linq;
using System.Text.Json;

namespace Chain.Cli.Terminal;

/// <summary>Names of enum values as programs and users write them: lower case with underscores.</summary>
internal static class JsonNames
{
    public static string Of(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>Reads such a name; '-' counts as '_'.</summary>
    public static bool TryParse<T>(string text, out T value) where T : struct, Enum
    {
        string wanted = text.Replace('-', '_');
        foreach (T candidate in Enum.GetValues<T>())
        {
            value = candidate;
            if (string.Equals(Of(candidate), wanted, StringComparison.OrdinalIgnoreCase)) return true;
        }
        value = default;
        return false;
    }

    /// <summary>All names, for help and error texts.</summary>
    public static string AllOf<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(v => Of(v)));
}
