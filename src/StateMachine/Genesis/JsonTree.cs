using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace Chain.StateMachine.Genesis;

/// <summary>Parses strict JSON (RFC 8259, no comments) into <see cref="JsonValue"/>s. Never throws.</summary>
internal static class JsonTree
{
    private const int DepthMax = 16;

    public static JsonValue? Parse(ReadOnlySpan<byte> json, List<GenesisError> errors)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = DepthMax });
        LineCounter lines = default;
        try
        {
            reader.Read();
            JsonValue root = Value(ref reader, ref lines, json, "", errors);
            // Reads to the end, so that anything after the value is an error.
            while (reader.Read()) { }
            return root;
        }
        catch (JsonException fault)
        {
            errors.Add(new GenesisError((int)(fault.LineNumber ?? 0) + 1, "", "not valid JSON: " + Shorten(fault.Message)));
            return null;
        }
        catch (InvalidOperationException)
        {
            // The reader's answer to text that is not UTF-8 or holds half of a surrogate pair.
            errors.Add(new GenesisError(lines.At(json, (int)reader.TokenStartIndex), "", "text is not valid UTF-8"));
            return null;
        }
    }

    private static JsonValue Value(
        ref Utf8JsonReader reader, ref LineCounter lines, ReadOnlySpan<byte> json, string path, List<GenesisError> errors)
    {
        int line = lines.At(json, (int)reader.TokenStartIndex);
        List<KeyValuePair<string, JsonValue>> members = [];
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = reader.GetString()!;
                    string inner = path.Length == 0 ? name : $"{path}.{name}";
                    reader.Read();
                    JsonValue member = Value(ref reader, ref lines, json, inner, errors);
                    members.Add(new(name, member));
                }
                RefuseDuplicates(members, errors);
                return new JsonValue(JsonKind.Object, line, path, "", members);
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    members.Add(new("", Value(ref reader, ref lines, json, $"{path}[{members.Count}]", errors)));
                }
                return new JsonValue(JsonKind.List, line, path, "", members);
            case JsonTokenType.String:
                return new JsonValue(JsonKind.Text, line, path, reader.GetString()!, members);
            case JsonTokenType.Number:
                return new JsonValue(JsonKind.Number, line, path, Encoding.ASCII.GetString(reader.ValueSpan), members);
            case JsonTokenType.True or JsonTokenType.False:
                return new JsonValue(JsonKind.Flag, line, path, reader.GetBoolean() ? "true" : "false", members);
            default:
                return new JsonValue(JsonKind.Null, line, path, "null", members);
        }
    }

    private static void RefuseDuplicates(List<KeyValuePair<string, JsonValue>> members, List<GenesisError> errors)
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        foreach ((string name, JsonValue member) in members)
        {
            if (!names.Add(name)) errors.Add(new GenesisError(member.Line, member.Path, "stands here twice"));
        }
    }

    /// <summary>Drops the framework's own position, which counts from 0.</summary>
    private static string Shorten(string message)
    {
        int position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? message : message[..position];
    }

    /// <summary>Line of an offset; offsets only grow, so each byte is looked at once.</summary>
    private struct LineCounter
    {
        private int _offset;
        private int _newlines;

        public int At(ReadOnlySpan<byte> json, int offset)
        {
            if (offset > _offset)
            {
                _newlines += json[_offset..offset].Count((byte)'\n');
                _offset = offset;
            }
            return _newlines + 1;
        }
    }
}
