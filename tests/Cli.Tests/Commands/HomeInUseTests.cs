using System;
using System.Net;
using System.Net.Sockets;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

/// <summary>A home or a port that another process uses.</summary>
public sealed class HomeInUseTests : IDisposable
{
    private readonly TempHome _folder = new();

    private string Home => _folder.File("home");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_command_on_a_home_in_use_ends_with_69_and_one_text()
    {
        using RunningDev dev = RunningDev.Start(Home);
        await dev.UrlAsync();
        foreach (string[] verb in (string[][])
            [
                ["start"], ["dev"], ["export"], ["rollback", "--yes"], ["signer", "arm", "--yes-this-key-never-signed-above", "1"],
            ])
        {
            CliRun run = await ChainProcess.RunAsync([.. verb, "--home", Home]);
            Assert.True(run.Status == 69, $"{verb[0]}: {run.Status} {run.Error}");
            string text = string.Join(' ', run.Error.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
            Assert.Contains($"he home {Home} is in use by another process", text, StringComparison.Ordinal);
            Assert.Contains("Stop the node or the command that uses it, or name another home with --home DIR.", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Dev_on_a_taken_port_names_it_and_leaves_nothing_that_changes_the_next_try()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        string port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        CliRun run = await CliRun.OfAsync("dev", "--port", port, "--home", Home);
        Assert.Equal(69, run.Status);
        Assert.Contains($"127.0.0.1:{port}", run.Error, StringComparison.Ordinal);
        Assert.Contains("--port 0", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Home));
        using RunningDev dev = RunningDev.Start(Home);
        Assert.DoesNotContain($":{port}", await dev.UrlAsync(), StringComparison.Ordinal);
    }
}
