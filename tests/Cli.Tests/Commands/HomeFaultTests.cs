using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

/// <summary>A home that cannot be used ends every verb with a documented exit code and words for people.</summary>
public sealed class HomeFaultTests : IDisposable
{
    private const string NoNode = "http://127.0.0.1:1";

    /// <summary>Those that README lists, and 1: understood, but it did not happen. 70 would be a fault of the program.</summary>
    private static readonly int[] Documented = [0, 1, 64, 69, 74, 75];

    private readonly TempHome _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_verb_says_what_is_wrong_with_a_home_that_is_a_file_or_lies_under_one()
    {
        string file = _folder.File("file");
        await File.WriteAllTextAsync(file, "not a home");
        await CheckAsync([file, Path.Combine(file, "home")], startsNetworks: true);
    }

    [Fact]
    public async Task Every_verb_says_what_is_wrong_with_a_folder_where_a_file_is_expected()
    {
        foreach (string path in (string[])["config/genesis.json", "config/node.json", "config/node_key.json", "config/validator_key.json",
            "data/signer.state", "keys/alice.json", "keys/north.json"])
        {
            Directory.CreateDirectory(_folder.File(path));
        }
        await CheckAsync([_folder.Path], startsNetworks: false);
    }

    [Theory]
    [InlineData("keys", "list")]
    [InlineData("keys", "new", "alice")]
    [InlineData("keys", "show", "alice")]
    [InlineData("dev", "--port", "0")]
    [InlineData("start")]
    [InlineData("export")]
    [InlineData("rollback", "--yes")]
    [InlineData("init", "--chain-id", "shop-1")]
    [InlineData("localnet", "status")]
    [InlineData("localnet", "up", "--base-port", "1")]
    [InlineData("signer", "arm", "--yes-this-key-never-signed-above", "1")]
    public async Task Without_permission_on_a_home_a_verb_says_so(params string[] verb)
    {
        Assert.SkipUnless(Environment.UserName == "root" && File.Exists("/usr/bin/setpriv"), "becoming another user needs root and setpriv");
        string[] nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        CliRun possible = await ChainProcess.RunAsync(["--version"], prefix: nobody);
        Assert.SkipUnless(possible.Status == 0, $"another user cannot run the program here: {possible.Error}");
        foreach (string name in (string[])["keys", "config", "data"])
        {
            Directory.CreateDirectory(_folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);

        List<string> faults = [];
        foreach (string home in (string[])[_folder.Path, _folder.File("new"), _folder.File("config/new")])
        {
            string[] args = [.. verb, "--home", home];
            CliRun run = await ChainProcess.RunAsync(args, prefix: nobody);
            if (FaultOf(args, run) is { } fault) faults.Add(fault);
            if (home == _folder.Path && run.Status == 0) faults.Add($"{string.Join(' ', args)}: status 0: {run.Out}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task CheckAsync(IReadOnlyList<string> homes, bool startsNetworks)
    {
        List<string> faults = [];
        int tried = 0;
        foreach (string example in CommandTree.All().Select(c => c.Command).OfType<VerbCommand>().SelectMany(v => v.Examples))
        {
            string[] words = [.. example.Split(' ').Skip(1)];
            if (words[0] is "demo" or "sim" || example.Contains("--home", StringComparison.Ordinal)) continue;
            if (!startsNetworks && example.StartsWith("chain localnet up", StringComparison.Ordinal)) continue;
            string[] node = example.Contains("--node", StringComparison.Ordinal) ? [] : ["--node", NoNode];
            foreach (string home in homes)
            {
                string[] args = [.. words, "--home", home, .. node];
                if (FaultOf(args, await RunAsync(args)) is { } fault) faults.Add(fault);
                tried++;
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(tried > 80, $"{tried}");
    }

    private static async Task<CliRun> RunAsync(string[] args)
    {
        try
        {
            return await CliRun.OfAsync(args);
        }
#pragma warning disable CA1031 // That nothing comes through is what is tested.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new CliRun(134, "", e.ToString());
        }
    }

    private static string? FaultOf(string[] args, CliRun run)
    {
        string text = run.Out + run.Error;
        bool isGood = Documented.Contains(run.Status) && !text.Contains("   at Chain.", StringComparison.Ordinal)
            && !text.Contains("fault of the program", StringComparison.Ordinal);
        return isGood ? null : $"chain {string.Join(' ', args)}: status {run.Status}\n{text}";
    }
}
