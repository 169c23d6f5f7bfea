using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

/// <summary>export, init --from-export, rollback and signer arm on the home of a real node.</summary>
public sealed class MaintenanceCommandTests : IDisposable
{
    private readonly TempHome _folder = new();

    private string Old => _folder.File("old");

    private string New => _folder.File("new");

    private string Export => _folder.File("state.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Exported_state_begins_a_new_chain_with_the_same_app_hash_that_goes_on_under_the_old_key()
    {
        await MakeOldAsync(3);
        JsonObject exported = await AskAsync("export", "--out", Export, "--home", Old);
        JsonObject made = await AskAsync("init", "--from-export", Export, "--chain-id", "shop-2", "--rpc", "127.0.0.1:0", "--home", New);
        Assert.Equal((string)exported["app_hash"]!, (string)made["app_hash"]!);
        long height = Number(exported, "height");
        Assert.Equal(height + 1, Number(made, "initial_height"));
        File.Copy(Path.Combine(Old, "config", "validator_key.json"), Path.Combine(New, "config", "validator_key.json"), overwrite: true);
        Assert.True(await RunningHome.RunAsync(New, 2) > height);
        // The state below the first block is the exported one, byte for byte.
        JsonObject again = await AskAsync("export", "--height", $"{height}", "--out", _folder.File("again.jsonl"), "--home", New);
        Assert.Equal((string)exported["app_hash"]!, (string)again["app_hash"]!);
        Assert.Equal((string)exported["pairs"]!, (string)again["pairs"]!);
    }

    [Fact]
    public async Task Taken_seat_changes_the_app_hash_and_the_node_goes_on_alone()
    {
        await MakeOldAsync(2);
        JsonObject exported = await AskAsync("export", "--out", Export, "--home", Old);
        JsonObject made = await AskAsync(
            "init", "--from-export", Export, "--chain-id", "shop-2", "--take-seat", "--rpc", "127.0.0.1:0", "--home", New);
        Assert.Equal((string)exported["app_hash"]!, (string)made["exported_app_hash"]!);
        Assert.NotEqual((string)exported["app_hash"]!, (string)made["app_hash"]!);
        long reached = await RunningHome.RunAsync(New, 2);
        Assert.True(reached > Number(exported, "height"));
        Assert.True(await RunningHome.RunAsync(New, 1) > reached);
    }

    [Fact]
    public async Task Altered_file_old_name_and_altered_state_beside_the_genesis_are_status_64()
    {
        await MakeOldAsync(1);
        await AskAsync("export", "--out", Export, "--home", Old);
        Assert.Equal(64, (await CliRun.OfAsync("init", "--from-export", Export, "--chain-id", "shop-1", "--home", New)).Status);
        string text = await File.ReadAllTextAsync(Export);
        await File.WriteAllTextAsync(Export, text[..^40]);
        CliRun cut = await CliRun.OfAsync("init", "--from-export", Export, "--chain-id", "shop-2", "--home", New);
        Assert.Equal(64, cut.Status);
        Assert.False(Directory.Exists(New));
        await File.WriteAllTextAsync(Export, text);
        await AskAsync("init", "--from-export", Export, "--chain-id", "shop-2", "--take-seat", "--rpc", "127.0.0.1:0", "--home", New);
        // A sound state file, but not the one that the genesis names.
        File.Copy(Export, Path.Combine(New, "config", "genesis-state.jsonl"), overwrite: true);
        Assert.Equal(64, (await CliRun.OfAsync("start", "--quiet", "--home", New)).Status);
    }

    [Fact]
    public async Task Rolled_back_home_starts_and_goes_on()
    {
        long reached = await MakeOldAsync(4);
        Assert.Equal(64, (await CliRun.OfAsync("rollback", "--home", Old)).Status);
        JsonObject before = await AskAsync("export", "--out", Export, "--home", Old);
        JsonObject rolled = await AskAsync("rollback", "--height", "2", "--yes", "--home", Old);
        Assert.Equal("2", (string)rolled["height"]!);
        Assert.True(await RunningHome.RunAsync(Old, 1) > reached);
        JsonObject after = await AskAsync("export", "--height", (string)before["height"]!, "--out", _folder.File("after.jsonl"), "--home", Old);
        Assert.Equal((string)before["sha256"]!, (string)after["sha256"]!);
    }

    [Fact]
    public async Task Signer_is_armed_only_where_its_state_is_missing_and_signs_only_above()
    {
        long reached = await MakeOldAsync(2);
        Assert.Equal(75, (await CliRun.OfAsync("signer", "arm", "--yes-this-key-never-signed-above", "9", "--home", Old)).Status);
        Assert.Equal(64, (await CliRun.OfAsync("signer", "arm", "--home", Old)).Status);
        File.Delete(Path.Combine(Old, "data", "signer.state"));
        Assert.Equal(75, (await CliRun.OfAsync("start", "--quiet", "--home", Old)).Status);
        // Too high a height leaves a gap to the store, which the start notices.
        await AskAsync("signer", "arm", "--yes-this-key-never-signed-above", $"{reached + 100}", "--home", Old);
        Assert.Equal(74, (await CliRun.OfAsync("start", "--quiet", "--home", Old)).Status);
        File.Delete(Path.Combine(Old, "data", "signer.state"));
        await AskAsync("signer", "arm", "--yes-this-key-never-signed-above", "0", "--home", Old);
        await RunningHome.RunAsync(Old, 1);
    }

    private async Task<long> MakeOldAsync(int blocks)
    {
        await AskAsync("init", "--chain-id", "shop-1", "--devnet", "--rpc", "127.0.0.1:0", "--home", Old);
        return await RunningHome.RunAsync(Old, blocks);
    }

    private static long Number(JsonObject json, string name) =>
        long.Parse((string)json[name]!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<JsonObject> AskAsync(params string[] args)
    {
        CliRun run = await CliRun.OfAsync([.. args, "--json"]);
        Assert.True(run.Status == 0, $"{string.Join(' ', args)}: {run.Out}{run.Error}");
        return run.Json;
    }
}
