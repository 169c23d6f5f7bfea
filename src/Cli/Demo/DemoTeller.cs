using System;
using System.Globalization;
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
        output.Console.WriteLine();
        output.Console.Write(new Text($"{_steps.Count}. {title}\n", new Style(Color.Aqua, decoration: Decoration.Bold)));
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
        if (!output.IsJson) Print(output.Console, now);
        _before = now;
        if (now.AddsUp) return;
        throw new ClientException(ClientErrorCode.BadAnswer, "The money does not add up.",
            $"Everybody together has {Credits(now.Total)}, but the chain says that there are {Credits(now.Supply)}.",
            "This is a fault of the program; please report it.");
    }

    public void Proof(ProofReport report)
    {
        _step["proof"] = ProofPrinter.ToJson(report);
        if (!output.IsJson) ProofPrinter.Print(output.Console, report);
    }

    private void Print(IAnsiConsole console, MoneySnapshot now)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("");
        foreach (string heading in (string[])["free", "at stake", "set aside", "change"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }
        foreach (Purse purse in now.Purses)
        {
            Int128 change = purse.Total - (_before?.TotalOf(purse.Owner) ?? purse.Total);
            table.AddRow(new Text(purse.Owner), new Text(Cell(purse.Free)), new Text(Cell(purse.Staked)),
                new Text(Cell(purse.SetAside)), new Text(Signed(change)));
        }
        console.Write(table);
        output.Say($"   Together {Credits(now.Total)}; the chain itself counts {Credits(now.Supply)}. {(now.AddsUp ? "It adds up." : "It does NOT add up.")}");
    }

    private static string Text(Int128 ncredit) => ncredit.ToString(CultureInfo.InvariantCulture);

    private static string Credits(Int128 ncredit) => Amount.Format((UInt128)ncredit);

    /// <summary>Padded on the right, so that the points of a column stand below each other; nothing for nothing.</summary>
    private static string Cell(Int128 ncredit, string sign = "")
    {
        if (ncredit == 0) return "";
        string text = sign + Credits(ncredit);
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        int decimals = dot < 0 ? -1 : text.Length - dot - 1;
        return text + new string(' ', Amount.Decimals - decimals);
    }

    private static string Signed(Int128 ncredit) => ncredit < 0 ? Cell(-ncredit, "-") : Cell(ncredit, "+");
}
