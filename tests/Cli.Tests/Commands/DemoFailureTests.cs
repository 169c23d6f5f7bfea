using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

public sealed class DemoFailureTests : IDisposable
{
    private readonly TempHome _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Demo_whose_node_dies_keeps_its_folder_and_says_where_it_is()
    {
        Task<CliRun> running = ChainProcess.RunAsync(["demo"], new Dictionary<string, string> { ["TMPDIR"] = _temp.Path });
        int? victim = null;
        while (victim is null && !running.IsCompleted)
        {
            await Task.Delay(20);
            victim = Directory.GetDirectories(_temp.Path, "chain-demo-*")
                .Select(folder => Path.Combine(folder, "node3", "node.pid"))
                .Where(File.Exists).Select(file => File.ReadAllText(file).Split(' ')[0]).Where(text => text.Length > 0)
                .Select(text => (int?)int.Parse(text, CultureInfo.InvariantCulture)).FirstOrDefault();
        }
        using (Process node = Process.GetProcessById(victim!.Value)) node.Kill();
        CliRun run = await running;
        Assert.Equal(1, run.Status);
        Assert.Contains("Node 3 ended", run.Error, StringComparison.Ordinal);
        string folder = Assert.Single(Directory.GetDirectories(_temp.Path, "chain-demo-*"));
        Assert.True(File.Exists(Path.Combine(folder, "node3", "config", "node.json")));
        Assert.Contains($"kept in {folder}", run.Error.ReplaceLineEndings(" ").Replace("   ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
