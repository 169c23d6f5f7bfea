using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Chain.Primitives.Bytes;

namespace Chain.Node.Queries;

/// <summary>
/// What a typed query asks for. The path is <c>/market/NAME</c>, then the parts of the object's key (<c>/market/bid/7/chain1…</c>),
/// then options (<c>/market/orders?state=open&amp;limit=20</c>). The key may stand in the query's data instead, as UTF-8 text with
/// the same slashes. Total on any input.
/// </summary>
public sealed class QueryArguments
{
    /// <summary>Objects in one answer where the query names no limit.</summary>
    public const int LimitDefault = 50;

    public const int LimitMax = 200;

    private readonly string[] _key;
    private readonly SortedDictionary<string, string> _options;

    private QueryArguments(string[] key, SortedDictionary<string, string> options)
    {
        _key = key;
        _options = options;
    }

    /// <summary>Splits a path and the data into the name <c>/market/NAME</c> and its arguments.</summary>
    public static QueryArguments Parse(string path, ReadOnlySpan<byte> data, out string name)
    {
        string[] halves = path.Split('?', 2);
        string[] parts = halves[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        name = parts.Length >= 2 ? $"/{parts[0]}/{parts[1]}" : halves[0];
        string[] key = parts.Length > 2 ? parts[2..] : [];
        if (key.Length == 0) key = Encoding.UTF8.GetString(data).Split('/', StringSplitOptions.RemoveEmptyEntries);
        SortedDictionary<string, string> options = new(StringComparer.Ordinal);
        if (halves.Length == 2)
        {
            foreach (string pair in halves[1].Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] sides = pair.Split('=', 2);
                options[sides[0]] = sides.Length == 2 ? Uri.UnescapeDataString(sides[1]) : "";
            }
        }
        return new QueryArguments(key, options);
    }

    /// <summary>How many parts the key has.</summary>
    public int KeyParts => _key.Length;

    /// <summary>Part of the key as a number from 0.</summary>
    public bool TryId(int part, out ulong id)
    {
        id = 0;
        return part < _key.Length && ulong.TryParse(_key[part], NumberStyles.None, NumberFormatInfo.InvariantInfo, out id);
    }

    /// <summary>Part of the key as an address, bech32 or hex.</summary>
    public bool TryAddress(int part, out Address address)
    {
        address = default;
        return part < _key.Length && Address.TryParse(_key[part], out address);
    }

    /// <summary>Part of the key as text; empty where there is none.</summary>
    public string Text(int part) => part < _key.Length ? _key[part] : "";

    /// <summary>An option that is none of these; null where there is none.</summary>
    public string? OptionBeyond(IReadOnlyList<string> known)
    {
        foreach (string name in _options.Keys)
        {
            if (!known.Contains(name)) return name;
        }
        return null;
    }

    /// <summary>An option, or null.</summary>
    public string? Option(string name) => _options.GetValueOrDefault(name);

    /// <summary>An option that is an address; null where it is absent, and false where it is none.</summary>
    public bool TryAddressOption(string name, out Address? address)
    {
        address = null;
        if (Option(name) is not { } text) return true;
        if (!Address.TryParse(text, out Address parsed)) return false;
        address = parsed;
        return true;
    }

    /// <summary>An option that is a number; null where it is absent, and false where it is none.</summary>
    public bool TryNumberOption(string name, out ulong? number)
    {
        number = null;
        if (Option(name) is not { } text) return true;
        if (!ulong.TryParse(text, NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong parsed)) return false;
        number = parsed;
        return true;
    }

    /// <summary>An option that is the snake-case name of an enumeration's value.</summary>
    public bool TryEnumOption<T>(string name, out T? value)
        where T : struct, Enum
    {
        value = null;
        if (Option(name) is not { } text) return true;
        foreach (T candidate in Enum.GetValues<T>())
        {
            if (SnakeCase.Of(candidate) == text) value = candidate;
        }
        return value is not null;
    }
}
