using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Primitives.Blocks;

namespace Chain.Process.Tests.Network;

/// <summary>
/// Four validators that cannot all reach each other: silently, in network namespaces whose cables are moved (where the machine
/// allows none, over proxies), or with an end to their connections. Longer ones: <c>CHAIN_CUT_SECONDS=60 CHAIN_CUT_BLOCKS=500</c>.
/// </summary>
[Collection("Network")]
public sealed class PartitionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TwoAndTwo_noBlockUntilHealed(bool isSilent)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        IWiring wiring = isSilent ? Cables() : new ProxyWiring(4, breaksConnections: true);
        using TestNetwork network = new(output, wiring: wiring);
        await network.StartAsync(cancel);
        await using NetworkLoad load = NetworkLoad.Start(network, cancel);
        foreach (NetworkNode node in network.Nodes) await load.FlowAsync(network, node, cancel);

        wiring.Separate(0, 1);
        Height cut = await network.TallestAsync(cancel);
        await Task.Delay(TimeSpan.FromSeconds(NetworkSettings.Read("CHAIN_CUT_SECONDS", 4)), cancel);
        Height later = await network.TallestAsync(cancel);
        // What was on its way may have decided one more; the block after it needs votes of both halves.
        network.Check(later.Value <= cut.Value + 1, $"two of four went from {cut} to {later}");

        wiring.Heal();
        await network.AdvanceAsync(3, cancel);
        foreach (NetworkNode node in network.Nodes) await load.FlowAsync(network, node, cancel);
        await load.StopAsync();
        await Agreement.HoldsAsync(network, load, cancel);
        output.WriteLine($"{load.Acknowledged.Count} acknowledged, cut at {cut}, height {await network.TallestAsync(cancel)}");
        await network.StopAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ThreeAndOne_majorityGoesOnAndTheOtherCatchesUpByItself(bool isSilent)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        IWiring wiring = isSilent ? Cables() : new ProxyWiring(4, breaksConnections: true);
        using TestNetwork network = new(output, wiring: wiring);
        await network.StartAsync(cancel);
        await using NetworkLoad load = NetworkLoad.Start(network, cancel);
        foreach (NetworkNode node in network.Nodes) await load.FlowAsync(network, node, cancel);

        NetworkNode alone = network.Nodes[3];
        wiring.Separate(alone.Number);
        Height cut = await network.TallestAsync(cancel);
        Height far = new(cut.Value + NetworkSettings.Read("CHAIN_CUT_BLOCKS", 10));
        for (int i = 0; i < 3; i++) await network.ReachAsync(network.Nodes[i], far, cancel);
        Height left = await alone.HeightAsync(cancel);
        network.Check(left.Value <= cut.Value + 1, $"a validator alone went from {cut} to {left}");

        wiring.Heal();
        await network.ReachAsync(alone, await network.TallestAsync(cancel), cancel);
        await load.FlowAsync(network, alone, cancel);
        await load.StopAsync();
        await Agreement.HoldsAsync(network, load, cancel);
        output.WriteLine($"{load.Acknowledged.Count} acknowledged, cut at {cut}, height {await network.TallestAsync(cancel)}");
        await network.StopAsync();
    }

    [Fact]
    public async Task Star_whereOnlyOneReachesAll_goesOn()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        IWiring wiring = Cables();
        using TestNetwork network = new(output, wiring: wiring);
        await network.StartAsync(cancel);
        await using NetworkLoad load = NetworkLoad.Start(network, cancel);
        foreach (NetworkNode node in network.Nodes) await load.FlowAsync(network, node, cancel);

        wiring.Cut(1, 2);
        wiring.Cut(1, 3);
        wiring.Cut(2, 3);
        // Two of four votes reach a point of the star by themselves; the third must be passed on. So must what its operator sends. Each step
        // of a height then waits for somebody to say what is missing there: some seconds a block.
        await network.AdvanceAsync(NetworkSettings.Read("CHAIN_CUT_BLOCKS", 4), cancel);
        foreach (NetworkNode node in network.Nodes) await load.FlowAsync(network, node, cancel);

        wiring.Heal();
        await network.AdvanceAsync(3, cancel);
        await load.StopAsync();
        await Agreement.HoldsAsync(network, load, cancel);
        output.WriteLine($"{load.Acknowledged.Count} acknowledged, height {await network.TallestAsync(cancel)}");
        await network.StopAsync();
    }

    private IWiring Cables()
    {
        if (NamespaceWiring.TryCreate(4, out string reason) is { } wiring) return wiring;
        output.WriteLine($"over proxies, since there are no network namespaces here: {reason}");
        return new ProxyWiring(4);
    }
}
