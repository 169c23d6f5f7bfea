using System.IO;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Cli.Tests;

/// <summary>A dev chain run by <c>chain dev</c> itself, on a free port, for the tests that need a real node.</summary>
public sealed class DevNode : IAsyncLifetime
{
    private readonly TempHome _home = new();
    private readonly CancellationTokenSource _stop = new();
    private Task<int> _running = Task.FromResult(0);

    public string Url { get; private set; } = "";

    public string Home => _home.Path;

    public async ValueTask InitializeAsync()
    {
        AnnouncementWriter output = new();
        _running = CommandLine.RunAsync(["dev", "--json", "--port", "0", "--home", Home], output, TextWriter.Null, _stop.Token);
        Task first = await Task.WhenAny(output.Ready, _running);
        Assert.True(first == output.Ready, "the dev node starts");
        Url = (string)JsonNode.Parse(await output.Ready)!["node"]!;
        // A proof needs a decided header: whichever test comes first finds one.
        await AskAsync("faucet", "faucet", "1");
    }

    /// <summary>Stops the node; a planned stop is status 0.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        int status = await _running;
        _stop.Dispose();
        _home.Dispose();
        Assert.Equal(0, status);
    }

    /// <summary>Runs a command against this node.</summary>
    internal Task<CliRun> RunAsync(params string[] args) => CliRun.OfAsync([.. args, "--node", Url, "--home", Home]);

    /// <summary>Runs a command that must succeed and answers its JSON.</summary>
    internal async Task<JsonObject> AskAsync(params string[] args)
    {
        CliRun run = await RunAsync([.. args, "--json"]);
        Assert.True(run.Status == 0, $"{string.Join(' ', args)}: {run.Out}{run.Error}");
        return run.Json;
    }

    /// <summary>Completes with the one JSON object that the node prints when it is ready.</summary>
    private sealed class AnnouncementWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Ready => _ready.Task;

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            if (value is not null) _ready.TrySetResult(value);
        }
    }
}
