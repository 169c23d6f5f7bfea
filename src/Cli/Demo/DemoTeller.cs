using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Chain.Cli.Queries;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.Light;
using Spectre.Console;

namespace Chain.Cli.Demo;

/// <summary>Tells the story: for people as it happens, for programs as one object at the end.</summary>
internal sealed class DemoTeller(Output output)
{
    private readonly JsonArray _steps = [];
    private JsonObject _step = [];
    private MoneySnapshot? _before;

    /// <summary>Everything that was told.</summary>
    public JsonObject Json { get; } = [];

    public void Begin()
    {
        Json["steps"] = _steps;
        output.Say("This is a marketplace for cloud computers that no single company runs.");
        output.Say("A chain is a ledger that many keep together: what is written in it was signed, and stays.");
        output.Say("All that follows happens on a real network on this machine. Amounts are in credits, the money of the chain.");
    }

    public void Step(string title)
    {
        _step = new JsonObject { ["title"] = title, ["text"] = new JsonArray() };
        _steps.Add(_step);
        if (output.IsJson) return;
        output.Screen.WriteLine();
        output.Screen.WriteLine($"{_steps.Count}. {title}", Color.Aqua, isBold: true);
    }

    public void Say(string sentence)
    {
        _step["text"]!.AsArray().Add(sentence);
        output.Say($"   {sentence}");
    }

    /// <summary>The money of everybody. That it adds up is the point; a sum that does not is an error.</summary>
    public void Money(MoneySnapshot now)
    {
        JsonArray purses = [];
        foreach (Purse purse in now.Purses)
        {
            purses.Add(new JsonObject
            {
                ["owner"] = purse.Owner,
                ["free"] = Text(purse.Free),
                ["staked"] = Text(purse.Staked),
                ["set_aside"] = Text(purse.SetAside),
            });
        }
        _step["money"] = new JsonObject
        {
            ["height"] = now.Height.ToString(),
            ["purses"] = purses,
            ["total"] = Text(now.Total),
            ["supply"] = Text(now.Supply),
            ["burned"] = Text(now.Burned),
            ["adds_up"] = now.AddsUp,
        };
        if (!output.IsJson) Print(output.Screen, now);
        _before = now;
        if (now.AddsUp) return;
        throw new ClientException(ClientErrorCode.BadAnswer, "The money does not add up.",
            $"Everybody together has {Credits(now.Total)}, but the chain says that there are {Credits(now.Supply)}.",
            "This is a fault of the program; please report it.");
    }

    public void Proof(ProofReport report)
    {
        _step["proof"] = ProofPrinter.ToJson(report);
        if (!output.IsJson) ProofPrinter.Print(output.Screen, report);
    }

    private void Print(Screen screen, MoneySnapshot now)
    {
        string[] changes = [.. now.Purses.Select(purse => Signed(purse.Total - (_before?.TotalOf(purse.Owner) ?? purse.Total)))];
        string[][] columns =
        [
            [.. now.Purses.Select(purse => purse.Owner)],
            AlignPoints([.. now.Purses.Select(purse => Cell(purse.Free))]),
            AlignPoints([.. now.Purses.Select(purse => Cell(purse.Staked))]),
            AlignPoints([.. now.Purses.Select(purse => Cell(purse.SetAside))]),
            AlignPoints(changes),
        ];
        RowTable.Print(screen, [new("who"), new("free"), new("at stake"), new("set aside"), new("change")],
            [.. now.Purses.Select((_, row) => (string[])[.. columns.Select(column => column[row])])]);
        output.Say($"   Together {Credits(now.Total)} credits; the chain itself counts {Credits(now.Supply)}. {(now.AddsUp ? "It adds up." : "It does NOT add up.")}");
    }

    private static string Text(Int128 ncredit) => ncredit.ToString(CultureInfo.InvariantCulture);

    private static string Credits(Int128 ncredit) => Amount.Format((UInt128)ncredit);

    /// <summary>Nothing for nothing.</summary>
    private static string Cell(Int128 ncredit, string sign = "") => ncredit == 0 ? "" : sign + Credits(ncredit);

    private static string Signed(Int128 ncredit) => ncredit < 0 ? Cell(-ncredit, "-") : Cell(ncredit, "+");

    /// <summary>Pads the ends of amounts, so that the points of a column stand below each other.</summary>
    private static string[] AlignPoints(string[] cells)
    {
        int decimals = cells.Max(DecimalsOf);
        return [.. cells.Select(cell => cell.Length == 0 ? "" : cell + new string(' ', decimals - DecimalsOf(cell)))];
    }

    /// <summary>Characters from the point on.</summary>
    private static int DecimalsOf(string cell)
    {
        int dot = cell.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? 0 : cell.Length - dot;
    }
}
