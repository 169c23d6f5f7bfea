using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Process.Tests.Network;

/// <summary>
/// What must hold after every fault. That no credit came or went each node checks itself after each block: it would have stopped.
/// </summary>
internal static class Agreement
{
    /// <summary>
    /// Every running node comes to the height of the highest; up to there all have the same headers, app hashes with them, and each
    /// has every transaction that any node ever reported as included.
    /// </summary>
    public static async Task HoldsAsync(TestNetwork network, NetworkLoad? load, CancellationToken cancel)
    {
        List<NetworkNode> nodes = [.. network.Running];
        Height common = await network.TallestAsync(cancel);
        // The header after it carries the app hash of its state.
        common = common.Next;
        foreach (NetworkNode node in nodes) await network.ReachAsync(node, common, cancel);

        IReadOnlyList<Hash256> acknowledged = load?.Acknowledged ?? [];
        List<Header>[] chains = await Task.WhenAll(nodes.Select(node => HeadersAsync(node, common, cancel)));
        foreach ((NetworkNode node, List<Header> chain) in nodes.Zip(chains))
        {
            for (int i = 0; i < chain.Count; i++)
            {
                network.Check(chain[i].Hash() == chains[0][i].Hash() && chain[i].AppHash == chains[0][i].AppHash,
                    $"nodes {nodes[0].Number} and {node.Number} differ at height {i + 1}: {chains[0][i]} and {chain[i]}");
            }
        }
        await Task.WhenAll(nodes.Select(node => HasAllAsync(network, node, acknowledged, cancel)));
    }

    private static async Task<List<Header>> HeadersAsync(NetworkNode node, Height last, CancellationToken cancel)
    {
        List<Header> headers = [];
        for (Height height = new(1); height <= last; height = height.Next)
        {
            headers.Add((await node.Client.CommitAsync(height, cancel)).Header);
        }
        return headers;
    }

    private static async Task HasAllAsync(
        TestNetwork network, NetworkNode node, IReadOnlyList<Hash256> acknowledged, CancellationToken cancel)
    {
        foreach (Hash256 id in acknowledged)
        {
            network.Check(await node.Client.FindTransactionAsync(id, cancel) is not null,
                $"{id} was acknowledged, and node {node.Number} does not have it");
        }
    }
}
