using System.Collections.Generic;
using System.IO;
using System.Linq;
using Chain.Cli.Dev;
using Chain.Client.Errors;
using Chain.Client.Wallets;
using Chain.Node.Hosting;
using Chain.StateMachine.Genesis;

namespace Chain.Cli.Localnet;

/// <summary>A network of validators on this machine, each with its home in one folder.</summary>
internal sealed class LocalNetwork
{
    /// <summary>Between the ports of two nodes.</summary>
    private const int PortStep = 10;

    private const int RpcPortOffset = 1;

    private LocalNetwork(string folder, IReadOnlyList<LocalNode> nodes)
    {
        Folder = folder;
        Nodes = nodes;
    }

    public string Folder { get; }

    public IReadOnlyList<LocalNode> Nodes { get; }

    public static bool Exists(string folder) => DevChain.HomeOf(folder, 0).Exists;

    /// <summary>Makes the homes. Node i takes the base port + 10·i for peers, and the next one for RPC.</summary>
    public static GenesisDocument Create(string folder, int validators, int basePort, bool isDev)
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
                IsDev = isDev,
            });
        }
        return DevChain.CreateNetwork(folder, configs, DevKeys.People);
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

    /// <summary>Those with a number, or all.</summary>
    public IReadOnlyList<LocalNode> Pick(int? number)
    {
        if (number is not { } only) return Nodes;
        return Nodes.FirstOrDefault(node => node.Number == only) is { } found
            ? [found]
            : throw new ClientException(ClientErrorCode.BadInput, $"There is no node {only}.",
                $"The network in {Folder} has the nodes 0 to {Nodes.Count - 1}.", "Name one of those.");
    }
}
