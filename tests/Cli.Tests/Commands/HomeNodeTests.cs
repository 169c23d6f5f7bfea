using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

/// <summary>Which home and which node a command uses: option, then environment, then the home's configuration, then the default.</summary>
public sealed class HomeNodeTests : IDisposable
{
    private readonly TempHome _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("home:1", "", "", "http://127.0.0.1:1")]
    [InlineData("home:1", "http://127.0.0.1:2", "", "http://127.0.0.1:2")]
    [InlineData("home:1", "http://127.0.0.1:2", "http://127.0.0.1:3", "http://127.0.0.1:3")]
    [InlineData("variable:1", "", "", "http://127.0.0.1:1")]
    [InlineData("both:1", "", "", "http://127.0.0.1:1")]
    [InlineData("network:4", "", "", "http://127.0.0.1:4")]
    [InlineData("every-address:5", "", "", "http://127.0.0.1:5")]
    [InlineData("every-address-of-six:6", "", "", "http://[::1]:6")]
    public async Task Node_is_that_of_option_then_environment_then_home(string home, string variable, string option, string expected)
    {
        (string kind, string port) = (home.Split(':')[0], home.Split(':')[1]);
        string host = kind switch { "every-address" => "0.0.0.0", "every-address-of-six" => "[::]", _ => "127.0.0.1" };
        Configure(kind == "network" ? "node0" : "", $"{host}:{port}");
        Dictionary<string, string> environment = [];
        if (variable.Length > 0) environment["CHAIN_NODE"] = variable;
        if (kind == "variable") environment["CHAIN_HOME"] = _folder.Path;
        if (kind == "both") environment["CHAIN_HOME"] = _folder.File("elsewhere");
        List<string> args = ["status"];
        if (kind != "variable") args.AddRange(["--home", _folder.Path]);
        if (option.Length > 0) args.AddRange(["--node", option]);
        CliRun run = await ChainProcess.RunAsync(args, environment);
        Assert.Equal(1, run.Status);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_whose_node_takes_a_free_port_needs_the_address_named()
    {
        Configure("", "127.0.0.1:0");
        CliRun run = await CliRun.OfAsync("status", "--home", _folder.Path);
        Assert.Equal(64, run.Status);
        Assert.Contains("--node URL", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_the_environment_variables()
    {
        CliRun run = await CliRun.OfAsync("status", "--help");
        Assert.Contains("CHAIN_HOME", run.Out, StringComparison.Ordinal);
        Assert.Contains("CHAIN_NODE", run.Out, StringComparison.Ordinal);
    }

    private void Configure(string node, string rpcAddress)
    {
        string folder = Path.Combine(_folder.Path, node, "config");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "node.json"), $$"""{"rpc_address": "{{rpcAddress}}"}""");
        File.WriteAllText(Path.Combine(folder, "genesis.json"), "{}");
    }
}
