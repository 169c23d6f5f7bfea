using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Chain.Process.Tests.Network;

/// <summary>Every node has a loopback address of its own, and each pair is joined by proxies: needs no root.</summary>
/// <param name="breaksConnections">What is cut off loses its connections at once, as when a machine in between restarts; else they
/// stay and are silent, as when a cable is out.</param>
internal sealed class ProxyWiring(int nodes, bool breaksConnections = false) : IWiring
{
    // 127.x.y.1 and so on: nobody else uses these addresses, so the ports are free now and after each restart.
    private readonly string _net = $"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(1, 255)}";
    private readonly PeerProxy?[,] _proxies = new PeerProxy?[nodes, nodes];

    public string HostOf(int node) => $"{_net}.{node + 1}";

    public string PeerAddressOf(int node) => $"{HostOf(node)}:{TestNetwork.PeerPort}";

    public string DialAddress(int from, int to) =>
        $"127.0.0.1:{(_proxies[from, to] ??= new PeerProxy(IPEndPoint.Parse(PeerAddressOf(to)))).Port}";

    public IReadOnlyList<string> CommandPrefixOf(int node) => [];

    public void Separate(params int[] numbers)
    {
        for (int one = 0; one < _proxies.GetLength(0); one++)
        {
            for (int other = 0; other < one; other++)
            {
                if (numbers.Contains(one) != numbers.Contains(other)) Cut(one, other);
            }
        }
    }

    public void Cut(int one, int other)
    {
        foreach (PeerProxy proxy in Link(one, other))
        {
            proxy.Cut();
            if (breaksConnections) proxy.Break();
        }
    }

    public void Heal()
    {
        foreach (PeerProxy? proxy in _proxies) proxy?.Heal();
    }

    /// <summary>The ways between two nodes, whoever of them dialled.</summary>
    public IEnumerable<PeerProxy> Link(int one, int other) =>
        new[] { _proxies[one, other], _proxies[other, one] }.OfType<PeerProxy>();

    public void Dispose()
    {
        foreach (PeerProxy? proxy in _proxies) proxy?.Dispose();
    }
}
