using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Cli.Tests;

/// <summary><c>chain dev</c> in a home, until it stops by itself or this is disposed.</summary>
internal sealed class RunningDev : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly FirstLine _output = new();

    private RunningDev(string home) =>
        Status = CommandLine.RunAsync(["dev", "--json", "--port", "0", "--home", home], _output, TextWriter.Null, _stop.Token);

    /// <summary>The exit status, once it has stopped.</summary>
    public Task<int> Status { get; }

    public static RunningDev Start(string home) => new(home);

    public async Task<string> UrlAsync()
    {
        Assert.True(await Task.WhenAny(_output.Ready, Status) != Status, "the dev node starts");
        return (string)JsonNode.Parse(await _output.Ready)!["node"]!;
    }

    public void Dispose()
    {
        _stop.Cancel();
        Status.ContinueWith(_ => _stop.Dispose(), TaskScheduler.Default);
        _output.Dispose();
    }
}
