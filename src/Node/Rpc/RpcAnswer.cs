using System;
using System.Text.Json;

namespace Chain.Node.Rpc;

/// <summary>What a method answers: an error, or a function that writes the result value once all checks have passed.</summary>
internal readonly record struct RpcAnswer(RpcError? Error, Action<Utf8JsonWriter>? WriteResult)
{
    /// <summary>The result <c>{}</c>.</summary>
    public static readonly RpcAnswer Empty = Object(static _ => { });

    /// <summary>A result object; <paramref name="writeFields"/> writes what stands between its braces.</summary>
    public static RpcAnswer Object(Action<Utf8JsonWriter> writeFields) => new(null, writer =>
    {
        writer.WriteStartObject();
        writeFields(writer);
        writer.WriteEndObject();
    });

    public static RpcAnswer Fail(RpcError error) => new(error, null);
}
