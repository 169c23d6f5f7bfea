using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

public sealed class UpgradeHaltTests
{
    [Fact]
    public async Task Node_without_the_rules_of_a_planned_upgrade_stops_at_its_time_with_status_78_and_stays_stopped()
    {
        using TempHome home = new();
        using RunningDev dev = RunningDev.Start(home.Path);
        string url = await dev.UrlAsync();
        JsonObject sent = await AskAsync(
            "tx", "propose", "upgrade", "2", "2m", "--from", "alice", "--wait", "--node", url, "--home", home.Path, "--json");
        string id = (string)sent["events"]!.AsArray().Single(e => (string)e!["type"]! == "ProposalOpened")!["proposal"]!;
        await AskAsync("tx", "vote", "ballot", id, "yes", "--from", "operator", "--wait", "--node", url, "--home", home.Path, "--json");
        await AskAsync("dev", "advance", "60s", "--node", url, "--home", home.Path, "--json");
        JsonObject plan = await AskAsync("query", "upgrade", "--node", url, "--home", home.Path, "--json");
        Assert.Equal("2", (string)plan["planned_version"]!);
        await CliRun.OfAsync("dev", "advance", "2m", "--node", url, "--home", home.Path, "--json");
        Assert.Equal(78, await dev.Status);

        using RunningDev again = RunningDev.Start(home.Path);
        Assert.Equal(78, await again.Status);
    }

    private static async Task<JsonObject> AskAsync(params string[] args)
    {
        CliRun run = await CliRun.OfAsync(args);
        Assert.True(run.Status == 0, $"{string.Join(' ', args)}: {run.Out}{run.Error}");
        return run.Json;
    }
}
