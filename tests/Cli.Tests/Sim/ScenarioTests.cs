using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Sim;

public sealed class ScenarioTests
{
    /// <summary>Attacks of marketplace.md section 4, each with the attacker's result in the file's checks.</summary>
    [Theory]
    [InlineData("honest-market")]
    [InlineData("sealed-auction")]
    [InlineData("wash-leases")]
    [InlineData("standing-order")]
    [InlineData("walk-away")]
    [InlineData("no-show")]
    [InlineData("lazy-provider")]
    [InlineData("lying-prober")]
    [InlineData("dispute-spam")]
    [InlineData("bribed-jury")]
    [InlineData("outage")]
    [InlineData("overcommit")]
    [InlineData("bribed-auditor")]
    [InlineData("posted-price")]
    public async Task Scenario_goes_as_it_says_and_conserves_credits(string name)
    {
        CliRun run = await CliRun.OfAsync("sim", "run", Path.Combine(Folder(), name + ".json"), "--json");
        Assert.True(run.Status == 0, $"chain sim run genesis/scenarios/{name}.json\n{run.Out}{run.Error}");
        Assert.True((bool)run.Json["credits_conserved"]!);
        Assert.Equal(name, (string)run.Json["name"]!);
    }

    [Fact]
    public async Task Every_shipped_scenario_is_played_by_the_test_above()
    {
        string[] played = [.. typeof(ScenarioTests).GetMethod(nameof(Scenario_goes_as_it_says_and_conserves_credits))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Select(data => (string)((InlineDataAttribute)data).Data[0]!)];
        Assert.Equal(Directory.GetFiles(Folder(), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(), played.Order());
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Scenario_plays_the_same_every_time()
    {
        string file = Path.Combine(Folder(), "bribed-jury.json");
        Assert.Equal((await CliRun.OfAsync("sim", "run", file, "--json")).Out, (await CliRun.OfAsync("sim", "run", file, "--json")).Out);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"name":"x","about":"x","actors":[],"steps":[{"by":"nobody","do":"order"}]}""")]
    [InlineData("""{"name":"x","about":"x","actors":[{"name":"a","credits":1}],"steps":[{"by":"a","do":"dance"}]}""")]
    [InlineData("""{"name":"x","about":"x","actors":[{"name":"a","role":"king"}],"steps":[]}""")]
    [InlineData("""{"name":"x","about":"x","parameters":{"nothing":1},"actors":[],"steps":[]}""")]
    public async Task Scenario_that_is_not_well_formed_is_refused_with_a_reason(string json)
    {
        using TempHome home = new();
        string file = home.File("scenario.json");
        await File.WriteAllTextAsync(file, json);
        CliRun run = await CliRun.OfAsync("sim", "run", file, "--json");
        Assert.NotEqual(0, run.Status);
        Assert.Equal("bad_input", (string)run.Json["error"]!["code"]!);
    }

    [Fact]
    public async Task Step_that_goes_otherwise_than_expected_fails_the_scenario()
    {
        using TempHome home = new();
        string file = home.File("scenario.json");
        await File.WriteAllTextAsync(file,
            """{"name":"x","about":"x","actors":[{"name":"a","credits":10}],"steps":[{"by":"a","do":"accept","order":9}],"checks":[{"actor":"a","net_at_least":1}]}""");
        CliRun run = await CliRun.OfAsync("sim", "run", file, "--json");
        Assert.Equal(1, run.Status);
        JsonArray failures = run.Json["failures"]!.AsArray();
        Assert.Equal("accept by a: NotFound, not Ok", (string)failures[0]!);
        Assert.Equal(2, failures.Count);
    }

    private static string Folder() => Path.Combine(Repository.Root, "genesis", "scenarios");
}
