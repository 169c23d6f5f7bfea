using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Chain.Primitives.Bytes;

namespace Chain.Node.Rpc;

/// <summary>
/// The parameters of a call by name, from a JSON object, a JSON array in the method's order, or a query string. A missing or
/// null parameter reads as its default. The first fault sticks in <see cref="Error"/>: read all, then ask once.
/// </summary>
/// <remarks>
/// JSON: integers as numbers or decimal strings, byte slices in base64, HexBytes in hex. Query string: plain integers and
/// booleans, quoted strings, bytes as <c>0x…</c> or as the text of a quoted string.
/// </remarks>
internal sealed class RpcArguments
{
    private readonly string[] _names;
    private readonly JsonElement _json;
    private readonly IReadOnlyDictionary<string, string>? _query;

    private RpcArguments(string[] names, JsonElement json, IReadOnlyDictionary<string, string>? query)
    {
        _names = names;
        _json = json;
        _query = query;
    }

    /// <summary>Why a parameter could not be read, or null.</summary>
    public RpcError? Error { get; private set; }

    /// <param name="names">The method's parameters in order.</param>
    /// <param name="json">The <c>params</c> value; undefined when there is none.</param>
    public static RpcArguments FromJson(string[] names, JsonElement json)
    {
        RpcArguments arguments = new(names, json, null);
        if (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() is > 0 and int count && count != names.Length)
        {
            arguments.Fail($"expected {names.Length} parameters ([{string.Join(' ', names)}]), got {count}");
        }
        bool isKnown = json.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Undefined;
        if (!isKnown) arguments.Fail("unknown type for JSON params. Expected map or array");
        return arguments;
    }

    public static RpcArguments FromQuery(string[] names, IReadOnlyDictionary<string, string> query) => new(names, default, query);

    public long? Int64(string name)
    {
        if (!TryFind(name, out JsonElement json, out string text)) return null;
        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out long number)) return number;
        bool isText = json.ValueKind == JsonValueKind.Undefined || TryText(json, out text);
        const NumberStyles Signed = NumberStyles.AllowLeadingSign;
        if (isText && long.TryParse(Unquoted(text), Signed, NumberFormatInfo.InvariantInfo, out number)) return number;
        Fail($"{name} is no 64-bit integer");
        return null;
    }

    public int? Int32(string name)
    {
        long? wide = Int64(name);
        if (wide is null or (>= int.MinValue and <= int.MaxValue)) return (int?)wide;
        Fail($"{name} is out of range");
        return null;
    }

    public bool Bool(string name)
    {
        if (!TryFind(name, out JsonElement json, out string text)) return false;
        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False) return json.GetBoolean();
        if (json.ValueKind == JsonValueKind.Undefined && text is "true" or "false") return text == "true";
        Fail($"{name} is neither true nor false");
        return false;
    }

    public string Text(string name)
    {
        if (!TryFind(name, out JsonElement json, out string text)) return "";
        if (json.ValueKind == JsonValueKind.Undefined) return Encoding.UTF8.GetString(FromUri(name, text));
        if (TryText(json, out text)) return text;
        Fail($"{name} is no string");
        return "";
    }

    /// <summary>A byte slice: base64 in JSON.</summary>
    public byte[] Bytes(string name)
    {
        if (!TryFind(name, out JsonElement json, out string text)) return [];
        if (json.ValueKind == JsonValueKind.Undefined) return FromUri(name, text);
        if (json.ValueKind == JsonValueKind.String && json.TryGetBytesFromBase64(out byte[]? bytes)) return bytes;
        Fail($"{name} is no base64");
        return [];
    }

    /// <summary>CometBFT's HexBytes: hex in JSON, with or without 0x.</summary>
    public byte[] HexBytes(string name)
    {
        if (!TryFind(name, out JsonElement json, out string text)) return [];
        if (json.ValueKind == JsonValueKind.Undefined) return FromUri(name, text);
        if (TryText(json, out text) && Hex.TryDecode(WithoutPrefix(text), out byte[] bytes)) return bytes;
        Fail($"{name} is no hex");
        return [];
    }

    /// <summary>
    /// A hash that CometBFT takes in base64. 64 hex digits are taken as well: as base64 they would be 48 bytes, never a hash.
    /// </summary>
    public byte[] HashBytes(string name)
    {
        bool isHex = TryFind(name, out JsonElement json, out _)
            && TryText(json, out string text)
            && WithoutPrefix(text).Length == Hash256.Size * 2;
        return isHex ? HexBytes(name) : Bytes(name);
    }

    private bool TryFind(string name, out JsonElement json, out string text)
    {
        json = default;
        text = "";
        if (_query is not null) return _query.TryGetValue(name, out text!) && text.Length > 0;
        if (_json.ValueKind == JsonValueKind.Array)
        {
            int index = Array.IndexOf(_names, name);
            if (index < 0 || index >= _json.GetArrayLength()) return false;
            json = _json[index];
        }
        else if (_json.ValueKind != JsonValueKind.Object || !_json.TryGetProperty(name, out json))
        {
            return false;
        }
        return json.ValueKind != JsonValueKind.Null;
    }

    /// <summary>Bytes of a query value: <c>0x</c> and hex, or the text itself with quotes taken off.</summary>
    private byte[] FromUri(string name, string text)
    {
        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) return Encoding.UTF8.GetBytes(Unquoted(text));
        if (Hex.TryDecode(text.AsSpan(2), out byte[] bytes)) return bytes;
        Fail($"{name} is no hex");
        return [];
    }

    private static string Unquoted(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;

    private static ReadOnlySpan<char> WithoutPrefix(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;

    private static bool TryText(JsonElement json, out string text)
    {
        text = "";
        if (json.ValueKind != JsonValueKind.String) return false;
        try
        {
            text = json.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate: valid JSON, no text. The library offers no other way to ask.
            return false;
        }
    }

    private void Fail(string why) =>
        Error ??= RpcError.InvalidParams($"error converting {(_query is null ? "json" : "http")} params to arguments: {why}");
}
