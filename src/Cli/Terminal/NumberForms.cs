using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using System.Numerics;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.Cli.Terminal;

/// <summary>How numbers on the command line are read: whole, in the range that belongs to the option's name.</summary>
internal static class NumberForms
{
    /// <summary>Least and largest value, inclusive; what is not here takes what its type can hold.</summary>
    private static readonly Dictionary<string, (ulong Min, ulong Max)> Ranges = new(StringComparer.Ordinal)
    {
        ["--lane"] = (0, 15),
        ["--port"] = (0, 65_535),
        ["--base-port"] = (1, 65_535),
        ["--height"] = (1, long.MaxValue),
        ["--trust-height"] = (1, long.MaxValue),
        ["--limit"] = (1, int.MaxValue),
        ["--blocks"] = (1, long.MaxValue),
        ["--curve"] = (0, 10_000),
        ["--share"] = (0, 10_000),
        ["--min-reputation"] = (0, 10_000),
        ["--renewals"] = (0, 16),
        ["--stars"] = (1, 5),
        ["--quality"] = (1, 5),
        ["--reliability"] = (1, 5),
        ["--communication"] = (1, 5),
        ["--tier"] = (0, Tiers.Max),
        ["--min-tier"] = (0, Tiers.Max),
        ["award"] = (0, 10_000),
    };

    /// <summary>Gives each option and argument of a whole number in the tree a parser, where it has none of its own.</summary>
    public static void InstallOn(Command command)
    {
        foreach (Option option in command.Options)
        {
            switch (option)
            {
                case Option<byte> o: o.CustomParser ??= result => Read<byte>(result, option.Name); break;
                case Option<byte?> o: o.CustomParser ??= result => Read<byte>(result, option.Name); break;
                case Option<int> o: o.CustomParser ??= result => Read<int>(result, option.Name); break;
                case Option<int?> o: o.CustomParser ??= result => Read<int>(result, option.Name); break;
                case Option<long> o: o.CustomParser ??= result => Read<long>(result, option.Name); break;
                case Option<long?> o: o.CustomParser ??= result => Read<long>(result, option.Name); break;
                case Option<ulong> o: o.CustomParser ??= result => Read<ulong>(result, option.Name); break;
                case Option<ulong?> o: o.CustomParser ??= result => Read<ulong>(result, option.Name); break;
                default: break;
            }
        }
        foreach (Argument argument in command.Arguments)
        {
            switch (argument)
            {
                case Argument<ulong> a: a.CustomParser ??= result => Read<ulong>(result, argument.Name); break;
                case Argument<ulong?> a: a.CustomParser ??= result => Read<ulong>(result, argument.Name); break;
                case Argument<ulong[]> a: a.CustomParser ??= result => [.. result.Tokens.Select(token => Read<ulong>(result, token.Value, argument.Name))]; break;
                default: break;
            }
        }
        foreach (Command inner in command.Subcommands) InstallOn(inner);
    }

    private static T Read<T>(ArgumentResult result, string name)
        where T : struct, INumber<T>, IMinMaxValue<T> => Read<T>(result, result.Tokens.Count > 0 ? result.Tokens[0].Value : "", name);

    private static T Read<T>(ArgumentResult result, string text, string name)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        ulong typeMax = ulong.CreateSaturating(T.MaxValue);
        (ulong min, ulong max) = Ranges.TryGetValue(name, out (ulong, ulong) range) ? range : (0, typeMax);
        bool isNumber = ulong.TryParse(text, NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong value);
        if (isNumber && value >= min && value <= Math.Min(max, typeMax)) return T.CreateTruncating(value);
        string between = max >= int.MaxValue ? $"from {min} on" : $"from {min} to {max}";
        result.AddError($"'{text}' is not a whole number {between}. Write for example {Math.Max(min, 1)}.");
        return default;
    }
}
