using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chain.Node.Hosting;

/// <summary>An enumeration in a configuration file: its names in lower case, and never its numbers.</summary>
internal sealed class EnumText<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
