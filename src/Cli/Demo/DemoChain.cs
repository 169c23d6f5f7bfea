using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Localnet;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.Wallets;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Genesis;

namespace Chain.Cli.Demo;

/// <summary>A real network for one demonstration: four validators in a temporary folder, each a process of its own.</summary>
internal sealed class DemoChain : IAsyncDisposable
{
    public const int Validators = 4;
    private const int PortsEach = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private readonly LocalNetwork _network;

    private DemoChain(LocalNetwork network, GenesisDocument genesis)
    {
        _network = network;
        Genesis = genesis;
        Url = network.Nodes[0].Url;
        Client = new ChainClient(Url);
        Wallet = new Wallet(Path.Combine(network.Folder, "keys"));
    }

    public string Home => _network.Folder;

    /// <summary>Leaves the folder where it is, for whoever wants to see why the demonstration failed.</summary>
    public bool KeepsFolder { get; set; }

    public GenesisDocument Genesis { get; }

    public string Url { get; }

    /// <summary>Talks to the first node.</summary>
    public ChainClient Client { get; }

    public Wallet Wallet { get; }

    /// <summary>Name of the validator that fails in the story.</summary>
    public static string Victim => $"node{Validators - 1}";

    public static async Task<DemoChain> StartAsync(CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("chain-demo-").FullName;
        GenesisDocument genesis = LocalNetwork.Create(folder, Validators, FreePorts(), people: []);
        LocalNetwork network = LocalNetwork.Open(folder);
        foreach (LocalNode node in network.Nodes) node.Process.Start();
        DemoChain chain = new(network, genesis);
        try
        {
            foreach (LocalNode node in network.Nodes) await node.WaitAsync(height: 1, Patience, cancel);
            return chain;
        }
        catch (Exception e)
        {
            chain.KeepsFolder = !cancel.IsCancellationRequested;
            await chain.DisposeAsync();
            if (e is ClientException fault && chain.KeepsFolder) throw chain.WithFolder(fault);
            throw;
        }
    }

    /// <summary>Moves the clocks of all nodes that run.</summary>
    public Task AdvanceAsync(long seconds, CancellationToken cancel) => _network.AdvanceAsync(seconds, cancel);

    /// <summary>Ends one validator as a power failure would.</summary>
    public Task KillVictimAsync(CancellationToken cancel) => _network.Nodes[^1].Process.KillAsync(cancel);

    /// <summary>Starts it again; returns its height once it has caught up with the first node.</summary>
    public async Task<Height> ReviveVictimAsync(CancellationToken cancel)
    {
        LocalNode victim = _network.Nodes[^1];
        victim.Process.Start();
        Height reached = (await Client.StatusAsync(cancel)).LatestHeight;
        await victim.WaitAsync(reached.Value, Patience, cancel);
        return reached;
    }

    /// <summary>The app hash that each node has in its header of a height, once all have it.</summary>
    public async Task<IReadOnlyList<string>> AppHashesAsync(Height height, CancellationToken cancel)
    {
        List<string> hashes = [];
        foreach (LocalNode node in _network.Nodes)
        {
            await node.WaitAsync(height.Value, Patience, cancel);
            using ChainClient client = new(node.Url);
            hashes.Add((await client.CommitAsync(height, cancel)).Header.AppHash.ToString());
        }
        return hashes;
    }

    /// <summary>Completes when the last node has ended.</summary>
    public async Task RunToEndAsync(CancellationToken cancel)
    {
        while (_network.Nodes.Any(node => node.Process.Id is not null)) await Task.Delay(LookAgain, cancel);
    }

    /// <summary>The fault with the place where homes and logs are kept.</summary>
    public ClientException WithFolder(ClientException fault) =>
        new(fault.Error with { Remedy = $"{fault.Error.Remedy} Homes and logs of all nodes are kept in {Home}" }, fault);

    /// <summary>Stops the nodes, ends those that do not stop in time, and removes their folder unless it is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Task.WhenAll(_network.Nodes.Select(async node =>
        {
            await node.Process.StopAsync(CancellationToken.None);
            await node.Process.KillAsync(CancellationToken.None);
        }));
        if (!KeepsFolder) Directory.Delete(Home, recursive: true);
    }

    /// <summary>A base port from which on all ports are free now, below those that the system gives to clients.</summary>
    private static int FreePorts()
    {
        for (int attempt = 0; attempt < 100; attempt++)
        {
            int port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            if (Enumerable.Range(0, Validators).All(node => IsFree(port + (PortsEach * node)) && IsFree(port + (PortsEach * node) + 1)))
            {
                return port;
            }
        }
        throw new ClientException(ClientErrorCode.Home, "No free ports were found for the network.",
            "A hundred places were tried.", "Stop what listens on many ports, and run 'chain demo' again.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
