using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Dev;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.State;
using Chain.Node.Hosting;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;

namespace Chain.Cli.Localnet;

/// <summary>A network of validators on this machine, each with its home in one folder.</summary>
internal sealed class LocalNetwork
{
    /// <summary>Between the ports of two nodes.</summary>
    private const int PortStep = 10;

    private const int RpcPortOffset = 1;

    /// <summary>As 26660 lies beside 26656.</summary>
    private const int MetricsPortOffset = 4;

    private LocalNetwork(string folder, IReadOnlyList<LocalNode> nodes)
    {
        Folder = folder;
        Nodes = nodes;
    }

    public string Folder { get; }

    public IReadOnlyList<LocalNode> Nodes { get; }

    public static bool Exists(string folder) => DevChain.HomeOf(folder, 0).Exists;

    /// <summary>
    /// Makes the homes of a network for playing. Node i takes the base port + 10·i for peers, the next one for RPC, the fourth
    /// after it for metrics and health.
    /// </summary>
    /// <param name="people">Names of funded accounts.</param>
    public static GenesisDocument Create(string folder, int validators, int basePort, IReadOnlyList<string> people)
    {
        List<NodeConfig> configs = [];
        for (int i = 0; i < validators; i++)
        {
            int port = basePort + (PortStep * i);
            configs.Add(new NodeConfig
            {
                Moniker = $"node{i}",
                PeerAddress = $"127.0.0.1:{port}",
                RpcAddress = $"127.0.0.1:{port + RpcPortOffset}",
                MetricsAddress = $"127.0.0.1:{port + MetricsPortOffset}",
                IsDev = true,
            });
        }
        return DevChain.CreateNetwork(folder, configs, people);
    }

    /// <summary>The network that a folder holds.</summary>
    public static LocalNetwork Open(string folder)
    {
        if (!Exists(folder))
        {
            throw new ClientException(ClientErrorCode.Home, $"{folder} holds no local network.",
                "There is no node0 in it.", "Make one with 'chain localnet up', or name another folder with --home DIR.");
        }
        List<LocalNode> nodes = [];
        for (int i = 0; DevChain.HomeOf(folder, i) is { Exists: true } home; i++) nodes.Add(new LocalNode(i, home));
        return new LocalNetwork(Path.GetFullPath(folder), nodes);
    }

    /// <summary>
    /// Moves the clocks of all nodes that run, in steps that the market counts in full, each with a block. Together and to the
    /// same offset from this machine's clock: validators whose clocks differ take each other's proposals for false.
    /// </summary>
    public async Task<Timestamp> AdvanceAsync(long seconds, CancellationToken cancel)
    {
        List<LocalNode> running = [.. Nodes.Where(node => node.Process.Id is not null)];
        if (running.Count == 0 || await running[0].StatusAsync(cancel) is not { } status)
        {
            throw new ClientException(ClientErrorCode.Home, "No node of the network answers.", $"They live in {Folder}.",
                "Start them with 'chain localnet up'.");
        }
        using ChainClient client = new(running[0].Url);
        Parameters parameters = await new StateReader(client).CurrentParametersAsync(cancel);
        long stepMax = Math.Max(1, ((long)parameters.GapMaxSeconds / 2) - 1);
        // A chain that makes blocks on demand may have stood still: the steps begin at a block of now.
        Timestamp reached = await AdvanceToAsync(running, status.LatestTime.Seconds + 1, cancel);
        long target = reached.Seconds + seconds;
        while (reached.Seconds < target)
        {
            reached = await AdvanceToAsync(running, Math.Min(target, reached.Seconds + stepMax), cancel);
        }
        return reached;
    }

    /// <summary>Those with a number, or all.</summary>
    public IReadOnlyList<LocalNode> Pick(int? number)
    {
        if (number is not { } only) return Nodes;
        return Nodes.FirstOrDefault(node => node.Number == only) is { } found
            ? [found]
            : throw new ClientException(ClientErrorCode.BadInput, $"There is no node {only}.",
                $"The network in {Folder} has the nodes 0 to {Nodes.Count - 1}.", "Name one of those.");
    }

    /// <summary>Returns once each of the nodes has a block of that time.</summary>
    private static async Task<Timestamp> AdvanceToAsync(IEnumerable<LocalNode> nodes, long unixSeconds, CancellationToken cancel)
    {
        long systemMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Timestamp[] times = await Task.WhenAll(nodes.Select(async node =>
        {
            using ChainClient client = new(node.Url);
            return await client.AdvanceClockToAsync(unixSeconds, systemMs, cancel);
        }));
        return times[0];
    }
}
