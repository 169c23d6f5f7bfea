using System.Text.Json.Nodes;
using Chain.Cli.Terminal;
using Chain.Client.Light;
using Spectre.Console;

namespace Chain.Cli.Queries;

/// <summary>What was checked of a proof, step by step, in both forms.</summary>
internal static class ProofPrinter
{
    public static JsonObject ToJson(ProofReport report)
    {
        JsonArray steps = [];
        foreach (ProofStep step in report.Steps)
        {
            steps.Add(new JsonObject { ["step"] = step.Name, ["state"] = JsonNames.Of(step.State), ["text"] = step.Text });
        }
        return new JsonObject
        {
            ["valid"] = report.IsValid,
            ["state_height"] = report.StateHeight.ToString(),
            ["header_height"] = report.Header.Height.ToString(),
            ["app_hash"] = report.Header.AppHash.ToString(),
            ["steps"] = steps,
        };
    }

    public static void Print(Screen console, ProofReport report)
    {
        foreach (ProofStep step in report.Steps) PrintStep(console, step);
    }

    public static void PrintStep(Screen console, ProofStep step)
    {
        (string mark, Color color) = step.State switch
        {
            ProofStepState.Passed => ("ok        ", Color.Green),
            ProofStepState.Failed => ("FAILED    ", Color.Red),
            _ => ("unchecked ", Color.Yellow),
        };
        console.WriteMarked("  " + mark, color, step.Text);
    }
}
