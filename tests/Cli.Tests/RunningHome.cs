using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Cli.Tests;

/// <summary>A home whose node <c>chain start</c> runs for a while.</summary>
internal static class RunningHome
{
    /// <summary>Starts, waits until so many more blocks are decided, stops. Answers the last height that was seen.</summary>
    public static async Task<long> RunAsync(string home, int blocks)
    {
        using CancellationTokenSource stop = new();
        FirstLine output = new();
        Task<int> running = CommandLine.RunAsync(["start", "--quiet", "--json", "--home", home], output, TextWriter.Null, stop.Token);
        Assert.True(await Task.WhenAny(output.Ready, running) != running, "the node starts");
        string url = (string)JsonNode.Parse(await output.Ready)!["node"]!;
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        long first = await HeightAsync(url);
        long height = first;
        while (height < first + blocks)
        {
            await Task.Delay(50, limit.Token);
            height = await HeightAsync(url);
        }
        await stop.CancelAsync();
        Assert.Equal(0, await running);
        return height;
    }

    private static async Task<long> HeightAsync(string url)
    {
        CliRun status = await CliRun.OfAsync("status", "--json", "--node", url);
        Assert.True(status.Status == 0, status.Out + status.Error);
        return long.Parse((string)status.Json["height"]!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
