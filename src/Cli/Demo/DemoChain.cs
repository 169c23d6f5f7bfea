using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Dev;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.Wallets;
using Chain.Node.Hosting;
using Chain.StateMachine.Genesis;
using Microsoft.Extensions.Logging;

namespace Chain.Cli.Demo;

/// <summary>A real node for one demonstration: a development chain in a temporary home, on a free port.</summary>
internal sealed class DemoChain : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task<Node.Hosting.ExitCode> _running;

    private DemoChain(string home, GenesisDocument genesis, string url, CancellationTokenSource stop,
        Task<Node.Hosting.ExitCode> running)
    {
        Home = home;
        Genesis = genesis;
        Url = url;
        _stop = stop;
        _running = running;
        Client = new ChainClient(url);
        Wallet = new Wallet(Path.Combine(home, "keys"));
    }

    public string Home { get; }

    public GenesisDocument Genesis { get; }

    public string Url { get; }

    public ChainClient Client { get; }

    public Wallet Wallet { get; }

    public static async Task<DemoChain> StartAsync(CancellationToken cancel)
    {
        string home = Directory.CreateTempSubdirectory("chain-demo-").FullName;
        NodeConfig config = new() { Moniker = "demo", RpcAddress = "127.0.0.1:0", IsDev = true };
        GenesisDocument genesis = DevChain.Create(home, config, []);
        CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Node.Hosting.ExitCode> running = NodeHost.RunAsync(
            new NodeHome(home), node => ready.TrySetResult($"http://{node.RpcEndpoint}"), LogLevel.Warning, stop.Token);
        await Task.WhenAny(ready.Task, running);
        if (!running.IsCompleted) return new DemoChain(home, genesis, await ready.Task, stop, running);
        stop.Dispose();
        Directory.Delete(home, recursive: true);
        throw new ClientException(ClientErrorCode.Home, "The node of the demonstration did not start.",
            $"It ended with {await running}; what it said stands above.", "Mend that and run 'chain demo' again.");
    }

    /// <summary>Completes when the node ends, for whatever reason.</summary>
    public Task RunToEndAsync() => _running;

    /// <summary>Stops the node and removes its home.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        Directory.Delete(Home, recursive: true);
    }
}
