using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Cli.Localnet;
using Chain.Client;
using Chain.Node.Hosting;

namespace Chain.Cli.Bench;

/// <summary>The nodes that a load goes to: all of a local network, or the one that was named.</summary>
internal sealed class BenchNodes : IDisposable
{
    private BenchNodes(IReadOnlyList<ChainClient> clients, IReadOnlyList<Uri> metrics)
    {
        Clients = clients;
        Metrics = metrics;
    }

    public IReadOnlyList<ChainClient> Clients { get; }

    /// <summary>Their metrics pages; fewer than nodes where one serves none.</summary>
    public IReadOnlyList<Uri> Metrics { get; }

    /// <summary>A node that was named on the command line goes before what the home holds.</summary>
    public static BenchNodes Of(CliContext context)
    {
        if (context.HasNode || !LocalNetwork.Exists(context.Home)) return new([context.Connect()], MetricsOf([new NodeHome(context.Home)]));
        List<LocalNode> running = [.. LocalNetwork.Open(context.Home).Nodes.Where(node => node.Process.Id is not null)];
        if (running.Count == 0) return new([context.Connect()], []);
        return new(running.ConvertAll(node => new ChainClient(node.Url)), MetricsOf(running.ConvertAll(node => node.Home)));
    }

    public void Dispose()
    {
        foreach (ChainClient client in Clients) client.Dispose();
    }

    private static List<Uri> MetricsOf(IReadOnlyList<NodeHome> homes)
    {
        List<Uri> pages = [];
        foreach (NodeHome home in homes)
        {
            if (home.Exists && home.ReadConfig().MetricsAddress is { Length: > 0 } address) pages.Add(new Uri($"http://{address}/metrics"));
        }
        return pages;
    }
}
