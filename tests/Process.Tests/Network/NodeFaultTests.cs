using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Primitives.Blocks;

namespace Chain.Process.Tests.Network;

/// <summary>Four validators of which some are killed, paused, restarted. More faults: <c>CHAIN_KILLS=20</c>; others: <c>CHAIN_SEED</c>.</summary>
[Collection("Network")]
public sealed class NodeFaultTests(ITestOutputHelper output)
{
    private readonly int _faults = NetworkSettings.Read("CHAIN_KILLS", 2);

    [Fact]
    public async Task OneOfFour_killedUnderLoad_othersGoOnAndItCatchesUp()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Random random = Seeded();
        using TestNetwork network = new(output);
        await network.StartAsync(cancel);
        await using NetworkLoad load = NetworkLoad.Start(network, cancel);
        foreach (NetworkNode node in network.Nodes) await load.FlowAsync(network, node, cancel);
        for (int fault = 0; fault < _faults; fault++)
        {
            NetworkNode victim = network.Nodes[random.Next(network.Nodes.Count)];
            await Task.Delay(random.Next(0, 500), cancel);
            await victim.KillAsync();
            await network.AdvanceAsync(5, cancel);
            await load.FlowAsync(network, network.Running.First(), cancel);
            await victim.StartAsync(cancel);
            await load.FlowAsync(network, victim, cancel);
        }
        await load.StopAsync();
        await Agreement.HoldsAsync(network, load, cancel);
        await EndAsync(network, load, cancel);
    }

    [Fact]
    public async Task OneOfFour_pausedUnderLoad_othersGoOnAndItCatchesUp()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Random random = Seeded();
        using TestNetwork network = new(output);
        await network.StartAsync(cancel);
        await using NetworkLoad load = NetworkLoad.Start(network, cancel);
        for (int fault = 0; fault < _faults; fault++)
        {
            foreach (NetworkNode node in network.Nodes) await load.FlowAsync(network, node, cancel);
            NetworkNode victim = network.Nodes[random.Next(network.Nodes.Count)];
            NetworkNode other = network.Nodes[(victim.Number + 1) % network.Nodes.Count];
            victim.Pause();
            // A paused node may be the next proposer: the others must get over it at least once.
            await network.ReachAsync(other, new Height((await other.HeightAsync(cancel)).Value + 10), cancel);
            await load.FlowAsync(network, other, cancel);
            victim.Resume();
            await network.ReachAsync(victim, await other.HeightAsync(cancel), cancel);
        }
        await load.StopAsync();
        await Agreement.HoldsAsync(network, load, cancel);
        await EndAsync(network, load, cancel);
    }

    [Fact]
    public async Task AllFour_killedAtOnceUnderLoad_goOnWithAllThatWasAcknowledged()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Random random = Seeded();
        using TestNetwork network = new(output);
        await network.StartAsync(cancel);
        await using NetworkLoad load = NetworkLoad.Start(network, cancel);
        for (int fault = 0; fault < _faults; fault++)
        {
            foreach (NetworkNode node in network.Nodes) await load.FlowAsync(network, node, cancel);
            await Task.Delay(random.Next(0, 500), cancel);
            await Task.WhenAll(network.Nodes.Select(node => node.KillAsync()));
            await network.StartAsync(cancel);
        }
        foreach (NetworkNode node in network.Nodes) await load.FlowAsync(network, node, cancel);
        await load.StopAsync();
        await Agreement.HoldsAsync(network, load, cancel);

        // All stop as asked, and three of them are enough to go on; the fourth comes when it wants.
        await network.StopAsync();
        NetworkNode missing = network.Nodes[random.Next(network.Nodes.Count)];
        await network.StartAsync(cancel, network.Nodes.Where(node => node != missing).Select(node => node.Number));
        await network.AdvanceAsync(3, cancel);
        await missing.StartAsync(cancel);
        await Agreement.HoldsAsync(network, load, cancel);
        await EndAsync(network, load, cancel);
    }

    private Random Seeded()
    {
        int seed = NetworkSettings.Read("CHAIN_SEED", Environment.TickCount);
        output.WriteLine($"repeat with CHAIN_SEED={seed} CHAIN_KILLS={_faults}");
        return new Random(seed);
    }

    private async Task EndAsync(TestNetwork network, NetworkLoad load, CancellationToken cancel)
    {
        output.WriteLine($"{load.Acknowledged.Count} acknowledged, height {await network.TallestAsync(cancel)}");
        await network.StopAsync();
    }
}
