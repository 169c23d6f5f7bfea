using System;
using System.Globalization;
using System.Text.Json;
using Chain.Client.Errors;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Client.Rpc;

/// <summary>
/// Reads single fields of CometBFT's JSON: 64-bit numbers are decimal strings, hashes hex, keys and transactions base64.
/// A missing or malformed field is a <see cref="ClientException"/> with code <see cref="ClientErrorCode.BadAnswer"/>.
/// </summary>
public static class RpcJson
{
    public static JsonElement Field(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value)
            ? value
            : throw Bad(name, "is missing");

    /// <summary>The elements of an array; a missing one and null count as empty, as Go writes them.</summary>
    public static JsonElement[] Items(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out JsonElement value)) return [];
        if (value.ValueKind == JsonValueKind.Null) return [];
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw Bad(name, "is not a list");
    }

    public static string Text(JsonElement parent, string name)
    {
        JsonElement value = Field(parent, name);
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Bad(name, "is not text");
    }

    public static string TextOr(JsonElement parent, string name, string otherwise) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : otherwise;

    /// <summary>A whole number written as a decimal string or as a JSON number.</summary>
    public static long Long(JsonElement parent, string name) =>
        TryLong(Field(parent, name), out long value) ? value : throw Bad(name, "is not a whole number");

    public static ulong ULong(JsonElement parent, string name)
    {
        JsonElement value = Field(parent, name);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong number)) return number;
        bool isText = value.ValueKind == JsonValueKind.String;
        return isText && ulong.TryParse(value.GetString(), NumberStyles.None, NumberFormatInfo.InvariantInfo, out number)
            ? number
            : throw Bad(name, "is not a whole number of at least 0");
    }

    public static long LongOr(JsonElement parent, string name, long otherwise) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value)
            && TryLong(value, out long read)
            ? read
            : otherwise;

    /// <summary>A result code; absent and null count as 0, success.</summary>
    public static uint Code(JsonElement parent)
    {
        long code = LongOr(parent, "code", 0);
        return code is >= 0 and <= uint.MaxValue ? (uint)code : throw Bad("code", "is out of range");
    }

    public static bool Bool(JsonElement parent, string name)
    {
        JsonElement value = Field(parent, name);
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
            : throw Bad(name, "is not true or false");
    }

    public static byte[] Base64(JsonElement parent, string name) => Base64(Text(parent, name), name);

    /// <summary>Base64 where Go writes null for no bytes.</summary>
    public static byte[] Base64OrEmpty(JsonElement parent, string name) => Base64(TextOr(parent, name, ""), name);

    public static byte[] Base64(string text, string name)
    {
        byte[] buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out int written) ? buffer[..written]
            : throw Bad(name, "is not base64");
    }

    public static Hash256 Hash(JsonElement parent, string name) =>
        Hash256.TryParse(Text(parent, name), out Hash256 hash) ? hash : throw Bad(name, "is not a hash of 64 hex digits");

    /// <summary>A hash that is "" where there is none, for example in the block id before the first block.</summary>
    public static Hash256 HashOrZero(JsonElement parent, string name)
    {
        string text = TextOr(parent, name, "");
        if (text.Length == 0) return default;
        return Hash256.TryParse(text, out Hash256 hash) ? hash : throw Bad(name, "is not a hash of 64 hex digits");
    }

    public static Address ConsensusAddress(JsonElement parent, string name) =>
        Address.TryParse(Text(parent, name), out Address address) ? address
            : throw Bad(name, "is not an address of 40 hex digits");

    public static Timestamp Time(JsonElement parent, string name) =>
        Timestamp.TryParse(Text(parent, name), out Timestamp time) ? time : throw Bad(name, "is not a UTC time");

    /// <summary>An Ed25519 key as <c>{type, value}</c>.</summary>
    public static PublicKey Ed25519Key(JsonElement parent, string name)
    {
        JsonElement key = Field(parent, name);
        if (Text(key, "type") != "tendermint/PubKeyEd25519") throw Bad(name, "is not an Ed25519 key");
        byte[] bytes = Base64(key, "value");
        return bytes.Length == PublicKey.Size ? PublicKey.From(bytes) : throw Bad(name, "does not have 32 bytes");
    }

    public static ClientException Bad(string name, string problem) => new(ClientErrorCode.BadAnswer,
        "The node's answer cannot be read.", $"Its field '{name}' {problem}.",
        "Check that --node points at a node of this chain's software, version 0.38 of the RPC format.");

    private static bool TryLong(JsonElement value, out long read)
    {
        read = 0;
        if (value.ValueKind == JsonValueKind.Number) return value.TryGetInt64(out read);
        return value.ValueKind == JsonValueKind.String
            && long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, NumberFormatInfo.InvariantInfo, out read);
    }
}
