using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Primitives.Blocks;

namespace Chain.Cli.Tests.Commands;

/// <summary><c>chain light</c> against a real node, from homes that know nothing of it.</summary>
public sealed class LightCommandTests(DevNode node) : IClassFixture<DevNode>
{
    [Fact]
    public async Task Sync_from_a_trusted_hash_verifies_headers_and_goes_on_from_its_store()
    {
        using TempHome home = new();
        string hash = await HashOfAsync(1);
        CliRun first = await RunAsync(home, "sync", "--trust-height", "1", "--trust-hash", hash, "--witness", node.Url);
        Assert.True(first.Status == 0, first.Out + first.Error);
        Assert.Equal("1", (string)first.Json["verified_from"]!);
        Assert.Equal("agrees", (string)first.Json["witnesses"]![0]!["state"]!);
        string height = (string)first.Json["height"]!;
        Assert.Equal((await HashOfAsync(long.Parse(height))).ToLowerInvariant(), (string)first.Json["hash"]!);

        await node.AskAsync("tx", "transfer", "judy", "1", "--from", "ivan", "--wait");
        CliRun second = await RunAsync(home, "sync");
        Assert.True(second.Status == 0, second.Out + second.Error);
        Assert.True(long.Parse((string)second.Json["height"]!) > long.Parse(height));

        CliRun below = await RunAsync(home, "sync", "--height", "1");
        Assert.Equal((0, "0"), (below.Status, below.Json["headers_verified"]!.ToJsonString()));
        CliRun text = await CliRun.OfAsync("light", "sync", "--node", node.Url, "--home", home.Path);
        Assert.Contains("No witness was asked", text.Out, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proof_is_trusted_by_the_headers_that_were_synced_and_offline_by_those_in_the_store()
    {
        using TempHome home = new();
        string proof = home.File("proof.json");
        Assert.Equal("not_checked", Step(await RunAsync(home, "verify"), "trust"));
        await RunAsync(home, "sync", "--trust-height", "1", "--trust-hash", await HashOfAsync(1));

        CliRun online = await RunAsync(home, "verify", "--save", proof);
        Assert.Equal(("passed", "passed"), (Step(online, "trust"), Step(online, "chain")));
        Assert.Equal("passed", Step(await RunAsync(home, "verify", "--file", proof), "trust"));

        File.Delete(home.File("light.json"));
        Assert.Equal("not_checked", Step(await RunAsync(home, "verify", "--file", proof), "trust"));
    }

    [Fact]
    public async Task Sync_without_trust_or_with_half_of_it_or_with_a_wrong_hash_is_refused()
    {
        using TempHome home = new();
        Refused(await RunAsync(home, "sync"), 1, "trust_missing");
        Refused(await RunAsync(home, "sync", "--trust-height", "1"), 64, "bad_input");
        Refused(await RunAsync(home, "sync", "--trust-hash", new string('A', 64)), 64, "bad_input");
        Refused(await RunAsync(home, "sync", "--trust-height", "1", "--trust-hash", new string('A', 64)), 1, "header_invalid");
        Refused(await RunAsync(home, "sync", "--trust-height", "1", "--trust-hash", await HashOfAsync(1), "--trusting-period", "0"), 64, "bad_input");
        Assert.False(File.Exists(home.File("light.json")));

        await File.WriteAllTextAsync(home.File("light.json"), "{}");
        Refused(await RunAsync(home, "sync"), 64, "bad_input");
    }

    [Fact]
    public async Task Sync_with_trust_older_than_the_period_is_refused()
    {
        using TempHome home = new();
        using CancellationTokenSource limit = new(System.TimeSpan.FromSeconds(30));
        string hash = await HashOfAsync(1);
        using ChainClient client = new(node.Url);
        Timestamp first = (await client.CommitAsync(new Height(1), limit.Token)).Header.Time;
        while ((await client.StatusAsync(limit.Token)).LatestTime <= first.AddMs(1000)) await Task.Delay(50, limit.Token);
        Refused(
            await RunAsync(home, "sync", "--trust-height", "1", "--trust-hash", hash, "--trusting-period", "1s"), 1, "trust_expired");
    }

    [Fact]
    public async Task Sync_with_a_witness_of_another_chain_is_refused()
    {
        using TempHome home = new();
        DevNode other = new();
        await other.InitializeAsync();
        CliRun run = await RunAsync(
            home, "sync", "--trust-height", "1", "--trust-hash", await HashOfAsync(1), "--witness", other.Url);
        await other.DisposeAsync();
        Refused(run, 1, "witness_missing");
    }

    private Task<CliRun> RunAsync(TempHome home, params string[] args) =>
        CliRun.OfAsync(["light", .. args, "--node", node.Url, "--home", home.Path, "--json"]);

    private async Task<string> HashOfAsync(long height)
    {
        using CancellationTokenSource limit = new(System.TimeSpan.FromSeconds(30));
        using ChainClient client = new(node.Url);
        // The node may have started just now.
        while ((await client.StatusAsync(limit.Token)).LatestHeight.Value < height) await Task.Delay(20, limit.Token);
        return (await client.CommitAsync(new Height(height), limit.Token)).Header.Hash().ToString();
    }

    private static string Step(CliRun run, string name)
    {
        Assert.True(run.Status == 0, run.Out + run.Error);
        return (string)run.Json["steps"]!.AsArray().Single(step => (string)step!["step"]! == name)!["state"]!;
    }

    private static void Refused(CliRun run, int status, string code)
    {
        Assert.Equal(status, run.Status);
        Assert.Equal(code, (string)run.Json["error"]!["code"]!);
    }
}
