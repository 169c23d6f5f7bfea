using System;
using System.CommandLine;
using System.Globalization;
using Chain.Cli.Terminal;
using Chain.Client.Errors;

namespace Chain.Cli.Queries;

/// <summary>An option that narrows a list; its value goes to the node under its name.</summary>
/// <param name="read">Turns what the user wrote into what the node understands; throws <see cref="ClientException"/>.</param>
internal sealed class ListFilter(Option<string?> option, Func<CliContext, string, string> read)
{
    public Option<string?> Option => option;

    /// <summary>What the node is asked for; null where the user left it out.</summary>
    public string? Read(CliContext context) => context.Parse.GetValue(option) is { } text ? read(context, text) : null;

    /// <summary>An address, or the name of a key in the wallet.</summary>
    public static ListFilter Who(string name, string description)
    {
        ListFilter filter = new(Make(name, description, "WHO"), (context, text) => context.AddressOf(text).ToString());
        filter.Option.Checked(text =>
        {
            if (TextForms.Who(text) is { } fault) throw Bad(fault);
        });
        return filter;
    }

    /// <summary>One of an enum's names.</summary>
    public static ListFilter Choice<T>(string name, string description) where T : struct, Enum
    {
        string ReadName(string text) => JsonNames.TryParse(text, out T value)
            ? JsonNames.Of(value)
            : throw Bad($"'{text}' is not known here. {Suggestion.OrAll<T>(text)}");
        return Of(Make(name, $"{description} One of: {JsonNames.AllOf<T>()}.", "NAME"), ReadName);
    }

    public static ListFilter Number(string name, string description, ulong max = ulong.MaxValue)
    {
        string ReadNumber(string text) =>
            ulong.TryParse(text, NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong value) && value <= max
                ? $"{value}"
                : throw Bad($"'{text}' is not a whole number from 0 {(max == ulong.MaxValue ? "on" : $"to {max}")}. Write for example 1.");
        return Of(Make(name, description, "N"), ReadNumber);
    }

    /// <summary>Money, which the node takes in ncredit.</summary>
    public static ListFilter Amount(string name, string description)
    {
        string ReadAmount(string text) => Client.Amount.TryParse(text, out ulong ncredit)
            ? $"{ncredit}"
            : throw Bad($"'{text}' is not an amount. {Values.AmountForm}");
        return Of(Make(name, $"{description} {Values.AmountForm}", "AMOUNT"), ReadAmount);
    }

    /// <summary>Memory or storage, which the node takes in a unit of its own.</summary>
    public static ListFilter Size(string name, string description, SizeUnit unit)
    {
        string ReadSize(string text) => unit.TryParse(text, out ulong units)
            ? $"{units}"
            : throw Bad($"'{text}' is not a size. {unit.Form}");
        return Of(Make(name, $"{description} {unit.Form}", "SIZE"), ReadSize);
    }

    /// <summary>Text that a reader checks and that goes to the node as it is.</summary>
    public static ListFilter Text(string name, string description, Action<string> check) => Of(Make(name, description, "VALUE"), text =>
    {
        check(text);
        return text;
    });

    private static ListFilter Of(Option<string?> option, Func<string, string> read)
    {
        option.Checked(text => read(text));
        return new ListFilter(option, (_, text) => read(text));
    }

    private static Option<string?> Make(string name, string description, string value) =>
        new(name) { Description = description, HelpName = value };

    private static ClientException Bad(string fault) => new(ClientErrorCode.BadInput, fault, "", "");
}
