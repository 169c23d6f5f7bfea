using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;

namespace Chain.Cli.Terminal;

/// <summary>
/// Named values of one thing, said once and shown twice: as JSON (64-bit numbers as strings, amounts in ncredit) and as text
/// for people (amounts in credits, times in UTC).
/// </summary>
/// <param name="isExact">Names as programs write them for people too, for those who pass them on in a command.</param>
internal sealed class Facts(bool isExact = false)
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
        return Add(name, text, FieldForms.Show("", name, text));
    }

    public Facts Amount(string name, UInt128 ncredit) =>
        Add(name, ncredit.ToString(NumberFormatInfo.InvariantInfo), Quantity.Format(FieldForm.Credits, ncredit));

    /// <summary>ncredit per second.</summary>
    public Facts Rate(string name, ulong ncreditPerSecond)
    {
        string text = ncreditPerSecond.ToString(NumberFormatInfo.InvariantInfo);
        return Add(name, text, Quantity.Format(FieldForm.Rate, ncreditPerSecond));
    }

    public Facts Address(string name, in Address value) => Text(name, value.ToString());

    /// <summary>The zero hash stands for "none" and is an empty string in JSON, as in the node's answers.</summary>
    public Facts Hash(string name, in Hash256 value) =>
        value.IsZero ? Add(name, "", "-") : Text(name, Hex.Lower(value.Span));

    /// <summary>A point of the market clock; zero means none, the largest number never.</summary>
    public Facts Time(string name, MarketTime value) => Add(
        name, value.Seconds.ToString(NumberFormatInfo.InvariantInfo), Quantity.Format(FieldForm.Time, value.Seconds));

    /// <summary>A field as the node writes it, in the form that <see cref="FieldForms"/> has for it.</summary>
    /// <param name="where">The query or the type of the event.</param>
    public Facts Field(string where, string name, string value) => Add(name, value, FieldForms.Show(where, name, value));

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

    /// <summary>The names that people read, in order; no two are the same.</summary>
    public IReadOnlyList<string> Labels => [.. Flat().Select(pair => pair.Label)];

    /// <summary>One fact a line.</summary>
    public void Print(Screen screen) => screen.Pairs([.. Flat()]);

    /// <summary>Things of one sort as a table; the first names the columns.</summary>
    public static void PrintTable(Screen screen, IReadOnlyList<Facts> items, string whenEmpty)
    {
        if (items.Count == 0)
        {
            screen.WriteLine(whenEmpty);
            return;
        }
        RowTable.Print(screen, [.. items[0].Labels.Select((label, i) => new RowColumn(label, i))],
            [.. items.Select(item => (string[])[.. item.Flat().Select(pair => pair.Text)])]);
    }

    /// <summary>All in one line.</summary>
    public string ToLine() => string.Join(", ", Flat().Select(pair => $"{pair.Label} {pair.Text}"));

    /// <summary>Groups stand among the others; where two then have one name, the group's comes before it.</summary>
    private List<(string Label, string Text)> Flat()
    {
        List<(string Group, string Label, string Text)> all = [];
        foreach (Fact fact in _facts)
        {
            string label = isExact ? fact.Name : FieldForms.LabelOf(fact.Name);
            if (fact.Group is null) all.Add(("", label, fact.Text));
            else all.AddRange(fact.Group.Flat().Select(pair => (label, pair.Label, pair.Text)));
        }
        return [.. all.Select(one => one.Group.Length > 0 && all.Count(other => other.Label == one.Label) > 1
            ? ($"{one.Group} {one.Label}", one.Text)
            : (one.Label, one.Text))];
    }

    private sealed record Fact(string Name, JsonNode? Json, string Text)
    {
        public Facts? Group { get; init; }
    }
}
