using System;
using System.Text.Json;

namespace Chain.Cli.Terminal;

/// <summary>Names as they stand in the JSON that programs read: lower case with underscores.</summary>
internal static class JsonNames
{
    public static string Of(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
