using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Chain.Client;

namespace Chain.Cli.Terminal;

/// <summary>Arguments and options whose text has a form of its own: money, lengths of time, hashes.</summary>
internal static class Values
{
    private const string AmountForm = "Write an amount as 12.5 (credits) or 123ncredit.";
    private const string SecondsForm = "Write a length of time as 90, 90s, 15m, 2h or 7d.";

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

    public static Argument<ulong> SecondsArgument(string name, string description) => new(name)
    {
        Description = $"{description} {SecondsForm}",
        CustomParser = ParseSeconds,
    };

    /// <summary>Reads <c>90</c>, <c>90s</c>, <c>15m</c>, <c>2h</c>, <c>7d</c>.</summary>
    public static bool TryParseSeconds(string text, out ulong seconds)
    {
        ulong unit = text.Length == 0 ? 0UL : text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => 0,
        };
        string number = unit == 0 ? text : text[..^1];
        if (unit == 0) unit = 1;
        bool isNumber = ulong.TryParse(number, NumberStyles.None, NumberFormatInfo.InvariantInfo, out seconds);
        if (!isNumber || seconds > ulong.MaxValue / unit) return false;
        seconds *= unit;
        return true;
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
