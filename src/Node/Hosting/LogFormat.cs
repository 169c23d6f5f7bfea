using System.Text.Json.Serialization;

namespace Chain.Node.Hosting;

/// <summary>How the node writes its log.</summary>
[JsonConverter(typeof(EnumText<LogFormat>))]
public enum LogFormat
{
    /// <summary>A line for people.</summary>
    Text = 0,

    /// <summary>One JSON object a line, with the values of the message (height, round, …) as members of its own.</summary>
    Json = 1,
}
