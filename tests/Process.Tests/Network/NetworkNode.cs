using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Node.Hosting;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Process.Tests.Network;

/// <summary>One node of a <see cref="TestNetwork"/>: its home, its keys, and its process while it runs.</summary>
internal sealed class NetworkNode : IDisposable
{
    private const int SigStop = 19;
    private const int SigContinue = 18;

    private readonly IReadOnlyList<string> _commandPrefix;
    private NodeProcess? _process;
    private string _errorsBefore = "";

    public NetworkNode(
        int number, NodeHome home, string host, IReadOnlyList<string> commandPrefix, GenesisMember member, PrivateKey operatorKey)
    {
        _commandPrefix = commandPrefix;
        Number = number;
        Home = home;
        Host = host;
        Member = member;
        Operator = operatorKey;
        Url = $"http://{host}:{TestNetwork.RpcPort}";
        Client = new ChainClient(Url);
    }

    public int Number { get; }

    public NodeHome Home { get; }

    /// <summary>An address of its own, so that no other process has its ports.</summary>
    public string Host { get; }

    public GenesisMember Member { get; }

    /// <summary>The account behind the node. The same account sends this node's part of the load.</summary>
    public PrivateKey Operator { get; }

    public string Url { get; }

    public ChainClient Client { get; }

    public bool IsRunning => _process is not null;

    /// <summary>What all processes of this node wrote to standard error.</summary>
    public string Errors => _errorsBefore + _process?.Errors;

    public async Task StartAsync(CancellationToken cancel) =>
        _process = await NodeProcess.StartAsync(Home.Root, cancel, _commandPrefix);

    /// <summary>kill −9.</summary>
    public async Task KillAsync()
    {
        await _process!.KillAsync();
        Forget();
    }

    /// <summary>SIGTERM, and the exit status.</summary>
    public async Task<int> StopAsync()
    {
        int status = await _process!.StopAsync();
        Forget();
        return status;
    }

    /// <summary>Waits for the process to end by itself, and answers its exit status.</summary>
    public async Task<int> ExitAsync()
    {
        int status = await _process!.ExitAsync();
        Forget();
        return status;
    }

    /// <summary>The process stands still, as a virtual machine that is being moved does.</summary>
    public void Pause() => _process!.Signal(SigStop);

    public void Resume() => _process!.Signal(SigContinue);

    public TimeSpan ProcessorTime => _process!.ProcessorTime;

    public async Task<Height> HeightAsync(CancellationToken cancel) => (await Client.StatusAsync(cancel)).LatestHeight;

    public void Dispose()
    {
        if (IsRunning) Forget();
        Client.Dispose();
        Operator.Dispose();
    }

    private void Forget()
    {
        _process!.Dispose();
        _errorsBefore += _process.Errors + $"\n--- node {Number} ended ---\n";
        _process = null;
    }
}
