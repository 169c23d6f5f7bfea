using System;
using System.Collections.Generic;
using System.Globalization;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Genesis;

/// <summary>Reads fields of one JSON object. Faults are collected with line and path; what is faulty reads as a default.</summary>
internal sealed class FieldReader
{
    private const string PubKeyType = "tendermint/PubKeyEd25519";

    private readonly JsonValue _object;
    private readonly List<GenesisError> _errors;

    /// <summary>Opens an object; members with other names than the known ones are errors.</summary>
    public FieldReader(JsonValue value, List<GenesisError> errors, params IReadOnlyList<string> known)
    {
        _object = value;
        _errors = errors;
        if (value.Kind != JsonKind.Object)
        {
            Fail(value, "must be an object");
            return;
        }
        foreach ((string name, JsonValue member) in value.Members)
        {
            bool isKnown = false;
            foreach (string candidate in known) isKnown |= string.Equals(candidate, name, StringComparison.Ordinal);
            if (!isKnown) Fail(member, "unknown field" + NearestName.Hint(name, known));
        }
    }

    /// <summary>Line of the object itself.</summary>
    public int Line => _object.Line;

    public JsonValue? Find(string name)
    {
        foreach ((string member, JsonValue value) in _object.Members)
        {
            if (string.Equals(member, name, StringComparison.Ordinal)) return value;
        }
        return null;
    }

    /// <summary>An object that must be there.</summary>
    public FieldReader? Object(string name, params IReadOnlyList<string> known) =>
        Required(name) is { } value ? new FieldReader(value, _errors, known) : null;

    /// <summary>Items of a list; an absent list is empty.</summary>
    public List<JsonValue> Items(string name)
    {
        List<JsonValue> items = [];
        if (Find(name) is not { } value) return items;
        if (value.Kind != JsonKind.List) Fail(value, "must be a list");
        else foreach ((_, JsonValue item) in value.Members) items.Add(item);
        return items;
    }

    /// <summary>A text of at most that many bytes; empty where it is faulty.</summary>
    public string Text(string name, int bytesMax, string? fallback = null) =>
        fallback is not null && Find(name) is null ? fallback : TextOrNull(name, bytesMax) ?? "";

    /// <summary>A text that must be there; null where it is faulty, so that the caller judges only what was written.</summary>
    public string? TextOrNull(string name, int bytesMax)
    {
        if (Required(name) is not { } value) return null;
        if (value.Kind == JsonKind.Text && System.Text.Encoding.UTF8.GetByteCount(value.Text) <= bytesMax) return value.Text;
        Fail(value, value.Kind == JsonKind.Text ? $"must have at most {bytesMax} bytes" : "must be text");
        return null;
    }

    /// <summary>A whole number, written as text or as a number; null where it is absent or faulty.</summary>
    public ulong? UInt(string name, ulong? fallback = null)
    {
        JsonValue? value = fallback is null ? Required(name) : Find(name);
        if (value is null) return fallback;
        bool isNumber = value.Kind is JsonKind.Text or JsonKind.Number;
        if (isNumber && ulong.TryParse(value.Text, NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong number))
        {
            return number;
        }
        Fail(value, "must be a whole number from 0 to 18446744073709551615, as text");
        return null;
    }

    public Address Address(string name)
    {
        if (Required(name) is not { } value) return default;
        if (value.Kind == JsonKind.Text && Primitives.Bytes.Address.TryParse(value.Text, out Address address)) return address;
        Fail(value, "must be an address (bech32 with prefix \"chain\", or 40 hex digits)");
        return default;
    }

    public Timestamp Time(string name)
    {
        if (Required(name) is not { } value) return default;
        if (value.Kind == JsonKind.Text && Timestamp.TryParse(value.Text, out Timestamp time) && time.Seconds >= 0) return time;
        Fail(value, "must be a UTC time since 1970 as 2026-01-31T12:00:00Z");
        return default;
    }

    /// <summary><c>{"type": "tendermint/PubKeyEd25519", "value": base64}</c>.</summary>
    public PublicKey PubKey(string name)
    {
        if (Object(name, "type", "value") is not { } fields) return default;
        string? type = fields.TextOrNull("type", 64);
        if (type is not null && type != PubKeyType) fields.Fail(fields.Find("type")!, $"must be \"{PubKeyType}\"");
        if (fields.TextOrNull("value", 64) is not { } text) return default;
        byte[] bytes = new byte[PublicKey.Size + 1];
        bool isKey = Convert.TryFromBase64String(text, bytes, out int written) && written == PublicKey.Size;
        PublicKey key = isKey ? PublicKey.From(bytes.AsSpan(0, PublicKey.Size)) : default;
        if (isKey && Ed25519.IsValidKey(key)) return key;
        fields.Fail(fields.Find("value")!, "must be the 32 bytes of an Ed25519 key in base64");
        return default;
    }

    /// <summary>64 hex digits, or empty text for none.</summary>
    public Hash256? OptionalHash(string name)
    {
        if (Find(name) is not { } value || (value.Kind == JsonKind.Text && value.Text.Length == 0)) return null;
        if (value.Kind == JsonKind.Text && Hash256.TryParse(value.Text, out Hash256 hash)) return hash;
        Fail(value, "must be 64 hex digits, or empty");
        return null;
    }

    public void Fail(JsonValue value, string message) => _errors.Add(new GenesisError(value.Line, value.Path, message));

    /// <summary>A fault of a field that may be absent; then the object's own line is named.</summary>
    public void Fail(string name, string message)
    {
        if (Find(name) is { } value) Fail(value, message);
        else _errors.Add(new GenesisError(_object.Line, PathOf(name), message));
    }

    private JsonValue? Required(string name)
    {
        JsonValue? value = Find(name);
        if (value is null && _object.Kind == JsonKind.Object) Fail(name, "is missing");
        return value;
    }

    private string PathOf(string name) => _object.Path.Length == 0 ? name : $"{_object.Path}.{name}";
}
