using System;
using System.Buffers;
using System.Text.Json;
using Chain.Node.Rpc.Json;
using Chain.StateMachine.Execution;

namespace Chain.Node.Queries;

/// <summary>What a typed query answers: a JSON object in UTF-8, or a code with its reason.</summary>
public readonly record struct QueryAnswer(ResultCode Code, string Log, byte[] Value)
{
    public static QueryAnswer Fail(ResultCode code, string log) => new(code, log, []);

    /// <summary>The query's arguments cannot be read.</summary>
    public static QueryAnswer Bad(string why) => Fail(ResultCode.NotCanonical, why);

    public static QueryAnswer NotFound(string why) => Fail(ResultCode.NotFound, why);

    /// <summary>One object; <paramref name="writeFields"/> writes what stands between its braces.</summary>
    public static QueryAnswer Object(Action<Utf8JsonWriter> writeFields)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, JsonFields.Options))
        {
            writer.WriteStartObject();
            writeFields(writer);
            writer.WriteEndObject();
        }
        return new QueryAnswer(ResultCode.Ok, "", buffer.WrittenSpan.ToArray());
    }
}
