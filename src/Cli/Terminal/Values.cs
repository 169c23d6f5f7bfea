using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Chain.Client;
using Chain.Primitives.Bytes;

namespace Chain.Cli.Terminal;

/// <summary>Arguments and options whose text has a form of its own: money, lengths of time, hashes.</summary>
internal static class Values
{
    public const string AmountForm = "Write an amount as 12.5 (credits) or 123ncredit.";
    private const string SecondsForm = "Write a length of time as 90s, 15m, 1h30m or 7d.";

    public static Argument<ulong> AmountArgument(string name, string description) => new(name)
    {
        Description = $"{description} {AmountForm}",
        CustomParser = ParseAmount,
    };

    public static Option<ulong> AmountOption(string name, string description) => new(name)
    {
        Description = $"{description} {AmountForm}",
        HelpName = "AMOUNT",
        CustomParser = ParseAmount,
    };

    public static Option<ulong?> OptionalAmount(string name, string description) => new(name)
    {
        Description = $"{description} {AmountForm}",
        HelpName = "AMOUNT",
        CustomParser = result => ParseAmount(result),
    };

    public static Option<ulong> SecondsOption(string name, string description, ulong? otherwise = null)
    {
        Option<ulong> option = new(name)
        {
            Description = $"{description} {SecondsForm}",
            HelpName = "TIME",
            CustomParser = ParseSeconds,
        };
        if (otherwise is { } value) option.DefaultValueFactory = _ => value;
        return option;
    }

    public static Option<ulong?> OptionalSeconds(string name, string description) => new(name)
    {
        Description = $"{description} {SecondsForm}",
        HelpName = "TIME",
        CustomParser = result => ParseSeconds(result),
    };

    public static Argument<ulong> SecondsArgument(string name, string description) => new(name)
    {
        Description = $"{description} {SecondsForm}",
        CustomParser = ParseSeconds,
    };

    /// <summary>One of an enum's names.</summary>
    public static Option<T> ChoiceOption<T>(string name, string description, T? otherwise = null) where T : struct, Enum
    {
        Option<T> option = new(name)
        {
            Description = $"{description} One of: {JsonNames.AllOf<T>()}.",
            HelpName = "NAME",
            CustomParser = ParseChoice<T>,
        };
        if (otherwise is { } value) option.DefaultValueFactory = _ => value;
        return option;
    }

    /// <summary>One of an enum's names, or none.</summary>
    public static Option<T?> OptionalChoice<T>(string name, string description) where T : struct, Enum => new(name)
    {
        Description = $"{description} One of: {JsonNames.AllOf<T>()}.",
        HelpName = "NAME",
        CustomParser = result => ParseChoice<T>(result),
    };

    /// <summary>Memory or storage in the unit in which the chain counts it.</summary>
    public static Option<ulong?> OptionalSize(string name, string description, SizeUnit unit) => new(name)
    {
        Description = $"{description} {unit.Form}",
        HelpName = "SIZE",
        CustomParser = result =>
        {
            string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (!unit.TryParse(text, out ulong units)) result.AddError($"'{text}' is not a size. {unit.Form}");
            return units;
        },
    };

    public static Argument<T> ChoiceArgument<T>(string name, string description) where T : struct, Enum => new(name)
    {
        Description = $"{description} One of: {JsonNames.AllOf<T>()}.",
        HelpName = name,
        CustomParser = ParseChoice<T>,
    };

    /// <summary>SHA-256 as 64 hex digits; zero when it is left out.</summary>
    public static Option<Hash256> HashOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "HASH",
        CustomParser = ParseHash,
    };

    public static Argument<Hash256> HashArgument(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = ParseHash,
    };

    /// <summary>Reads <c>90</c>, <c>90s</c>, <c>15m</c>, <c>2h</c>, <c>7d</c> and several in a row, the longest first: <c>1h30m</c>.</summary>
    public static bool TryParseSeconds(string text, out ulong seconds)
    {
        seconds = 0;
        if (ulong.TryParse(text, NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong plain))
        {
            seconds = plain;
            return true;
        }
        UInt128 sum = 0;
        ulong last = ulong.MaxValue;
        ReadOnlySpan<char> rest = text;
        while (rest.Length > 0)
        {
            int digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits < 1 || UnitOf(rest[digits]) is not { } unit || unit >= last) return false;
            if (!ulong.TryParse(rest[..digits], NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong count)) return false;
            sum += (UInt128)count * unit;
            last = unit;
            rest = rest[(digits + 1)..];
        }
        seconds = sum <= ulong.MaxValue ? (ulong)sum : 0;
        return text.Length > 0 && sum <= ulong.MaxValue;
    }

    private static ulong? UnitOf(char letter) => letter switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => null,
    };

    private static T ParseChoice<T>(ArgumentResult result) where T : struct, Enum
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (JsonNames.TryParse(text, out T value)) return value;
        result.AddError($"'{text}' is not known here. {Suggestion.OrAll<T>(text)}");
        return default;
    }

    private static Hash256 ParseHash(ArgumentResult result)
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (Hash256.TryParse(text, out Hash256 hash)) return hash;
        result.AddError($"'{text}' is not a hash. Write 64 hex digits.");
        return default;
    }

    private static ulong ParseAmount(ArgumentResult result)
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (Amount.TryParse(text, out ulong amount)) return amount;
        result.AddError($"'{text}' is not an amount. {AmountForm}");
        return 0;
    }

    private static ulong ParseSeconds(ArgumentResult result)
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (TryParseSeconds(text, out ulong seconds)) return seconds;
        result.AddError($"'{text}' is not a length of time. {SecondsForm}");
        return 0;
    }
}
