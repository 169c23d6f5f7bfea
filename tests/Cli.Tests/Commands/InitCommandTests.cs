using System;
using System.IO;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

public sealed class InitCommandTests : IDisposable
{
    private readonly TempHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Home_is_made_once_and_never_over_another()
    {
        CliRun first = await CliRun.OfAsync("init", "--chain-id", "shop-1", "--home", _home.Path, "--json");
        Assert.Equal(0, first.Status);
        Assert.Equal("shop-1", (string)first.Json["chain_id"]!);
        string genesis = await File.ReadAllTextAsync((string)first.Json["genesis_file"]!);
        CliRun second = await CliRun.OfAsync("init", "--chain-id", "shop-2", "--home", _home.Path);
        Assert.Equal(64, second.Status);
        Assert.Equal(genesis, await File.ReadAllTextAsync((string)first.Json["genesis_file"]!));
    }

    [Fact]
    public async Task Command_to_start_a_home_with_a_space_in_its_name_is_quoted_on_a_line_of_its_own()
    {
        string home = _home.File("my chain");
        CliRun run = await CliRun.OfAsync("init", "--home", home);
        Assert.Contains($"  chain start --home '{home}'", run.Out.Split('\n'));
        CliRun missing = await CliRun.OfAsync("keys", "show", "alice", "--home", home);
        Assert.Contains($"  chain keys new alice --home '{home}'", missing.Error.Split('\n'));
    }

    [Fact]
    public async Task Two_chains_without_a_name_get_different_ones()
    {
        using TempHome other = new();
        CliRun first = await CliRun.OfAsync("init", "--home", _home.Path, "--json");
        CliRun second = await CliRun.OfAsync("init", "--home", other.Path, "--json");
        Assert.NotEqual((string)first.Json["chain_id"]!, (string)second.Json["chain_id"]!);
    }

    [Fact]
    public async Task Start_without_a_home_is_status_64()
    {
        CliRun run = await CliRun.OfAsync("start", "--home", _home.File("nothing"));
        Assert.Equal(64, run.Status);
    }

    [Fact]
    public async Task Dev_in_the_home_of_another_chain_is_refused()
    {
        await CliRun.OfAsync("init", "--home", _home.Path, "--json");
        CliRun run = await CliRun.OfAsync("dev", "--home", _home.Path);
        Assert.Equal(64, run.Status);
        Assert.Contains("chain start", run.Error, StringComparison.Ordinal);
    }
}
