using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Spectre.Console;

namespace Chain.Cli.Terminal;

/// <summary>
/// Named values of one thing, said once and shown twice: as JSON (64-bit numbers as strings, amounts in ncredit) and as text
/// for people (amounts in credits, times in UTC).
/// </summary>
internal sealed class Facts
{
    private readonly List<Fact> _facts = [];

    public Facts Add(string name, JsonNode? json, string text)
    {
        _facts.Add(new Fact(name, json, text));
        return this;
    }

    public Facts Text(string name, string value) => Add(name, value, value);

    public Facts Flag(string name, bool value) => Add(name, value, value ? "yes" : "no");

    public Facts Number(string name, Int128 value)
    {
        string text = value.ToString(NumberFormatInfo.InvariantInfo);
        return Add(name, text, text);
    }

    public Facts Amount(string name, UInt128 ncredit) =>
        Add(name, ncredit.ToString(NumberFormatInfo.InvariantInfo), Client.Amount.FormatWithUnit(ncredit));

    /// <summary>ncredit per second.</summary>
    public Facts Rate(string name, ulong ncreditPerSecond)
    {
        string text = ncreditPerSecond.ToString(NumberFormatInfo.InvariantInfo);
        return Add(name, text,
            $"{text} ncredit a second ({Client.Amount.Format((UInt128)ncreditPerSecond * 3600)} credits an hour)");
    }

    public Facts Address(string name, in Address value) => Text(name, value.ToString());

    /// <summary>The zero hash stands for "none" and is an empty string in JSON, as in the node's answers.</summary>
    public Facts Hash(string name, in Hash256 value) =>
        value.IsZero ? Add(name, "", "-") : Text(name, Hex.Lower(value.Span));

    /// <summary>A point of the market clock; zero means never.</summary>
    public Facts Time(string name, MarketTime value)
    {
        string seconds = value.Seconds.ToString(NumberFormatInfo.InvariantInfo);
        bool hasText = value.Seconds is > 0 and <= int.MaxValue;
        string text = hasText
            ? DateTime.UnixEpoch.AddSeconds(value.Seconds).ToString("yyyy-MM-dd HH:mm:ss", DateTimeFormatInfo.InvariantInfo)
            : "-";
        return Add(name, seconds, text);
    }

    public Facts Choice(string name, Enum value) => Text(name, JsonNames.Of(value));

    /// <summary>Values that belong together, as an object of their own; for people they stand among the others.</summary>
    public Facts Group(string name, Facts group)
    {
        _facts.Add(new Fact(name, group.ToJson(), "") { Group = group });
        return this;
    }

    /// <summary>Plain words as a list.</summary>
    public Facts Words(string name, IEnumerable<string> words)
    {
        string[] all = [.. words];
        return Add(name, new JsonArray([.. all.Select(w => (JsonNode)w)]), all.Length == 0 ? "-" : string.Join(", ", all));
    }

    /// <summary>A list inside the thing; for people each on a line.</summary>
    public Facts List(string name, IEnumerable<Facts> items)
    {
        Facts[] all = [.. items];
        JsonArray json = [.. all.Select(f => (JsonNode)f.ToJson())];
        return Add(name, json, all.Length == 0 ? "none" : string.Join('\n', all.Select(f => f.ToLine())));
    }

    public JsonObject ToJson()
    {
        JsonObject json = [];
        foreach (Fact fact in _facts) json[fact.Name] = fact.Json?.DeepClone();
        return json;
    }

    /// <summary>One fact a line.</summary>
    public void Print(IAnsiConsole console)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (Fact fact in Flat()) grid.AddRow(new Text(fact.Label), new Text(fact.Text));
        console.Write(grid);
    }

    /// <summary>Things of one sort as a table; the first names the columns.</summary>
    public static void PrintTable(IAnsiConsole console, IReadOnlyList<Facts> items, string whenEmpty)
    {
        if (items.Count == 0)
        {
            console.WriteLine(whenEmpty);
            return;
        }
        Table table = new Table().Border(TableBorder.Simple);
        foreach (Fact fact in items[0].Flat()) table.AddColumn(new TableColumn(new Text(fact.Label)));
        foreach (Facts item in items) table.AddRow(item.Flat().Select(f => new Text(f.Text)));
        console.Write(table);
    }

    private string ToLine() => string.Join(", ", Flat().Select(f => $"{f.Label} {f.Text}"));

    private IEnumerable<Fact> Flat() => _facts.SelectMany(f => f.Group is null ? [f] : f.Group.Flat());

    private sealed record Fact(string Name, JsonNode? Json, string Text)
    {
        public Facts? Group { get; init; }

        public string Label => Name.Replace('_', ' ');
    }
}
