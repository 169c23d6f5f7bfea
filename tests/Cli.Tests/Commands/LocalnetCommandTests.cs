using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

/// <summary>Four validators in processes of their own, as <c>chain localnet</c> starts and stops them.</summary>
public sealed class LocalnetCommandTests : IAsyncDisposable
{
    private readonly TempHome _folder = new();

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Path.Combine(_folder.Path, "node0"))) await LocalnetAsync("down");
        _folder.Dispose();
    }

    [Fact]
    public async Task Four_nodes_come_up_agree_go_down_and_go_on()
    {
        CliRun nothing = await CliRun.OfAsync("localnet", "status", "--home", _folder.Path);
        Assert.NotEqual(0, nothing.Status);
        Assert.Contains("holds no local network", nothing.Error, StringComparison.Ordinal);

        JsonArray up = (await LocalnetAsync("up", "--validators", "4", "--base-port", FreeBasePort())).Json["nodes"]!.AsArray();
        Assert.Equal(4, up.Count);
        Assert.All(up, node => Assert.NotNull(node!["process"]));
        long height = await ReachAsync(3);

        Assert.Equal(1, (int)(await LocalnetAsync("down", "--only", "2")).Json["stopped"]!);
        JsonArray three = (await LocalnetAsync("status")).Json["nodes"]!.AsArray();
        Assert.Equal([2], three.Where(node => node!["process"] is null).Select(node => (int)node!["number"]!));
        height = await ReachAsync(height + 2, except: 2);

        await LocalnetAsync("up");
        height = await ReachAsync(height + 1);
        Assert.Equal(4, (int)(await LocalnetAsync("down")).Json["stopped"]!);
        Assert.All((await LocalnetAsync("status")).Json["nodes"]!.AsArray(), node => Assert.Null(node!["process"]));

        await LocalnetAsync("up");
        height = await ReachAsync(height + 1);
        string[] hashes = await Task.WhenAll(up.Select(async node =>
        {
            CliRun block = await CliRun.OfAsync("query", "block", $"{height}", "--node", (string)node!["node"]!, "--json");
            return block.Status == 0 ? (string)block.Json["hash"]! : block.Out + block.Error;
        }));
        Assert.Single(hashes.Distinct());
    }

    private async Task<CliRun> LocalnetAsync(string verb, params string[] args)
    {
        CliRun run = await CliRun.OfAsync(["localnet", verb, "--home", _folder.Path, "--json", .. args]);
        Assert.True(run.Status == 0, run.Out + run.Error);
        return run;
    }

    /// <summary>Waits until all nodes, or all but one, stand at a height; answers the lowest that was seen.</summary>
    private async Task<long> ReachAsync(long height, int? except = null)
    {
        // A hang guard: other tests may have the cores.
        for (int look = 0; look < 600; look++)
        {
            JsonArray nodes = (await LocalnetAsync("status")).Json["nodes"]!.AsArray();
            long lowest = nodes.Where(node => (int)node!["number"]! != except)
                .Min(node => long.Parse((string?)node!["height"] ?? "-1", CultureInfo.InvariantCulture));
            if (lowest >= height) return lowest;
            await Task.Delay(200);
        }
        throw new TimeoutException($"the network does not reach height {height}: see the logs in {_folder.Path}");
    }

    /// <summary>Below the ports that the kernel gives to clients, and far from the defaults.</summary>
    private static string FreeBasePort()
    {
        for (int port = 20_000 + (Environment.ProcessId % 1_000 * 10); ; port += 50)
        {
            if (Enumerable.Range(0, 40).All(offset => IsFree(port + offset))) return port.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static bool IsFree(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
