using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Chain.Cli.Tests.Documents;

namespace Chain.Cli.Tests.Commands;

public sealed class GenesisCommandTests : IDisposable
{
    private readonly TempHome _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Operators_contribute_one_assembles_and_each_inits_with_its_keys()
    {
        string[] files = [await ContributeAsync("a"), await ContributeAsync("b"), await ContributeAsync("c")];
        string genesis = _folder.File("genesis.json");
        CliRun made = await CliRun.OfAsync(["genesis", "assemble", .. files, "--out", genesis, "--account", $"{Judy}=5", "--json"]);
        Assert.True(made.Status == 0, made.Out + made.Error);
        string[] peers = [.. made.Json["peers"]!.AsArray().Select(peer => (string)peer!)];
        Assert.Equal(3, peers.Length);
        JsonNode document = JsonNode.Parse(await File.ReadAllTextAsync(genesis))!;
        Assert.Equal(3, document["validators"]!.AsArray().Count);
        Assert.Equal(3, document["app_state"]!["seats"]!.AsArray().Count);
        Assert.Equal(4, document["app_state"]!["accounts"]!.AsArray().Count);

        // Whatever the order of the files, the validators come in the same order.
        string again = _folder.File("again.json");
        await CliRun.OfAsync(["genesis", "assemble", .. files.Reverse(), "--out", again, "--account", $"{Judy}=5"]);
        JsonNode other = JsonNode.Parse(await File.ReadAllTextAsync(again))!;
        Assert.True(JsonNode.DeepEquals(document["validators"], other["validators"]));

        string[] peerOptions = [.. peers.SelectMany(peer => new[] { "--peer", peer })];
        CliRun init = await CliRun.OfAsync(
            ["init", "--home", _folder.File("a"), "--genesis", genesis, "--peer-address", "127.0.0.1:26656", .. peerOptions, "--json"]);
        Assert.True(init.Status == 0, init.Out + init.Error);
        Assert.Equal((string)made.Json["genesis_hash"]!, (string)init.Json["genesis_hash"]!);
        JsonNode config = JsonNode.Parse(await File.ReadAllTextAsync((string)init.Json["config_file"]!))!;
        Assert.Equal("127.0.0.1:26656", (string)config["peer_address"]!);
        // Its own address is not among those that it dials.
        Assert.Equal(2, config["peers"]!.AsArray().Count);
    }

    [Fact]
    public async Task Printed_command_is_one_line_that_a_shell_reads_as_the_home_of_its_operator()
    {
        string[] files = [await ContributeAsync("a"), await ContributeAsync("b"), await ContributeAsync("c"), await ContributeAsync("d")];
        string genesis = _folder.File("my genesis.json");
        CliRun made = await CliRun.OfAsync(["genesis", "assemble", .. files, "--out", genesis]);
        string[] commands = [.. made.Out.Split('\n').Where(line => line.StartsWith("  chain init ", StringComparison.Ordinal))];
        Assert.Equal(4, commands.Length);
        string own = commands.Single(line => line.Contains("--moniker a ", StringComparison.Ordinal));
        Assert.Contains("--genesis 'my genesis.json'", own, StringComparison.Ordinal);
        Assert.Equal(4, own.Split("--peer ").Length - 1);
        string[] words = CommandLineWords.Of(own.Replace("DIR", $"'{_folder.File("a")}'", StringComparison.Ordinal)
            .Replace("'my genesis.json'", $"'{genesis}'", StringComparison.Ordinal));
        CliRun init = await CliRun.OfAsync([.. words[1..], "--json"]);
        Assert.True(init.Status == 0, init.Out + init.Error);
        Assert.Equal("a", await MonikerAsync(init));
    }

    [Fact]
    public async Task Init_in_the_home_of_a_contribution_keeps_its_moniker()
    {
        string file = await ContributeAsync("a");
        string genesis = _folder.File("genesis.json");
        await CliRun.OfAsync("genesis", "assemble", file, "--out", genesis);
        CliRun own = await CliRun.OfAsync("init", "--home", _folder.File("a"), "--genesis", genesis, "--json");
        Assert.Equal("a", await MonikerAsync(own));
        CliRun follower = await CliRun.OfAsync("init", "--home", _folder.File("f"), "--genesis", genesis, "--json");
        Assert.Equal("node", await MonikerAsync(follower));
    }

    private static async Task<string> MonikerAsync(CliRun init) =>
        (string)JsonNode.Parse(await File.ReadAllTextAsync((string)init.Json["config_file"]!))!["moniker"]!;

    [Theory]
    [InlineData("moniker", "\"other\"", "operator_proof is no signature")]
    [InlineData("peer_address", "\"nowhere\"", "peer_address \"nowhere\"")]
    [InlineData("consensus_key", "\"12\"", "consensus_key is not 64 hexadecimal digits")]
    [InlineData("node_proof", "\"00\"", "node_proof is not 128 hexadecimal digits")]
    [InlineData("format", "\"chain/genesis-contribution/9\"", "the format is not")]
    [InlineData("chain_id", "7", "line 3")]
    [InlineData("moniker", "null", "moniker")]
    [InlineData("more", "1", "more")]
    public async Task Contribution_changed_in_one_field_is_refused_with_its_file_and_reason(string field, string value, string reason)
    {
        string good = await ContributeAsync("a");
        string bad = await ContributeAsync("b");
        JsonNode json = JsonNode.Parse(await File.ReadAllTextAsync(bad))!;
        json[field] = JsonNode.Parse(value);
        await File.WriteAllTextAsync(bad, json.ToJsonString(new() { WriteIndented = true }));
        CliRun run = await AssembleAsync(good, bad);
        Assert.Equal(64, run.Status);
        Assert.Contains($"{bad}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain($"{good}: ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("genesis.json")), "no genesis is made of half the files");
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        string good = await ContributeAsync("a");
        string empty = _folder.File("empty.json");
        await File.WriteAllTextAsync(empty, "");
        string large = _folder.File("large.json");
        await File.WriteAllTextAsync(large, new string(' ', 100_000));
        string missing = _folder.File("missing.json");
        string stranger = await ContributeAsync("s", chainId: "other-1");
        CliRun run = await AssembleAsync(good, empty, large, missing, good, stranger);
        Assert.Equal(64, run.Status);
        foreach (string line in (string[])
            [
                $"{empty}: ", $"{large}: is larger than", $"{missing}: cannot be read", $"{good}: has the operator key of {good}",
                $"{stranger}: is for chain other-1, not shop-1 as {good}",
            ])
        {
            Assert.Contains(line, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_key_on_two_nodes_is_refused()
    {
        string first = await ContributeAsync("a");
        Directory.CreateDirectory(_folder.File("b/config"));
        File.Copy(_folder.File("a/config/validator_key.json"), _folder.File("b/config/validator_key.json"));
        string second = await ContributeAsync("b");
        CliRun run = await AssembleAsync(first, second);
        Assert.Equal(64, run.Status);
        Assert.Contains($"{second}: has the consensus key of {first}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--chain-id", "Shop", "cannot be a chain id")]
    [InlineData("--peer-address", "one.example", "'one.example' is not a host and a port")]
    [InlineData("--moniker", "", "moniker must have")]
    public async Task Contribution_that_nobody_could_use_is_not_made(string option, string value, string reason)
    {
        Dictionary<string, string> options = new()
        {
            ["--chain-id"] = "shop-1", ["--moniker"] = "a", ["--peer-address"] = "127.0.0.1:26656", ["--home"] = _folder.File("a"),
            ["--out"] = _folder.File("a.json"),
        };
        options[option] = value;
        CliRun run = await CliRun.OfAsync(["genesis", "contribute", .. options.SelectMany(pair => new[] { pair.Key, pair.Value })]);
        Assert.NotEqual(0, run.Status);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("a.json")), "no file is made");
    }

    [Theory]
    [InlineData("--peer", "nobody", "nodeid@host:port")]
    [InlineData("--peer-address", "here", "is not an address and a port")]
    public async Task Init_with_a_peer_that_cannot_be_read_makes_nothing(string option, string value, string reason)
    {
        string[] listen = option == "--peer" ? ["--peer-address", "127.0.0.1:26656"] : [];
        CliRun run = await CliRun.OfAsync(["init", "--home", _folder.File("n"), .. listen, option, value]);
        Assert.NotEqual(0, run.Status);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("n/config/genesis.json")), "no home is made");
    }

    [Fact]
    public async Task Init_with_peers_and_no_peer_address_says_what_is_missing()
    {
        CliRun run = await CliRun.OfAsync(
            "init", "--home", _folder.File("n"), "--peer", $"{new string('0', 40)}@127.0.0.1:26656");
        Assert.Equal(64, run.Status);
        Assert.Contains("--peer-address", run.Error, StringComparison.Ordinal);
    }

    /// <summary>An address that no operator has.</summary>
    private static string Judy => Chain.Primitives.Bytes.Address.From(new byte[20]).ToString();

    private Task<CliRun> AssembleAsync(params string[] files) =>
        CliRun.OfAsync(["genesis", "assemble", .. files, "--out", _folder.File("genesis.json")]);

    private async Task<string> ContributeAsync(string name, string chainId = "shop-1")
    {
        string file = _folder.File($"{name}.json");
        CliRun run = await CliRun.OfAsync(
            "genesis", "contribute", "--chain-id", chainId, "--moniker", name, "--peer-address", $"{name}.example:26656",
            "--home", _folder.File(name), "--out", file, "--json");
        Assert.True(run.Status == 0, run.Out + run.Error);
        return file;
    }
}
