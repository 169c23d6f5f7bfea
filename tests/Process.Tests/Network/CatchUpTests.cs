using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Primitives.Blocks;

namespace Chain.Process.Tests.Network;

/// <summary>A node that has nothing. More blocks: <c>CHAIN_BLOCKS=2000</c>.</summary>
[Collection("Network")]
public sealed class CatchUpTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EmptyFifth_grantedAccess_catchesUpWhileLoadGoesOn()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        int blocks = NetworkSettings.Read("CHAIN_BLOCKS", 200);
        using TestNetwork network = new(output, nodes: 5, validators: 4);
        NetworkNode fifth = network.Nodes[4];
        await network.StartAsync(cancel, 0, 1, 2, 3);
        await using NetworkLoad load = NetworkLoad.Start(network, cancel);
        await network.ReachAsync(network.Nodes[0], new Height(blocks), cancel);

        // It runs first, and is refused until the validators have granted its key access.
        await fifth.StartAsync(cancel);
        await Membership.GrantAccessAsync(network, fifth, [.. network.Nodes.Take(4)], cancel);
        Height goal = await network.TallestAsync(cancel);
        await network.UntilAsync(async () => (await fifth.HeightAsync(cancel)).Value > 0, "the fifth gets blocks", cancel);
        long began = Stopwatch.GetTimestamp();
        Height from = await fifth.HeightAsync(cancel);
        await network.ReachAsync(fifth, goal, cancel);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Height reached = await fifth.HeightAsync(cancel);
        output.WriteLine($"from {from} to {reached} in {seconds:F2} s: {(reached.Value - from.Value) / seconds:F0} blocks a second, under load");

        await load.FlowAsync(network, fifth, cancel);
        await load.StopAsync();
        await Agreement.HoldsAsync(network, load, cancel);
        output.WriteLine($"{load.Acknowledged.Count} acknowledged, height {await network.TallestAsync(cancel)}");
        await network.StopAsync();
    }
}
