using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Client.Bench;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Objects;

namespace Chain.Process.Tests.Network;

/// <summary>A node that has nothing. More blocks: <c>CHAIN_BLOCKS=10000</c>; more full ones: <c>CHAIN_LOAD_SECONDS=60</c>.</summary>
[Collection("Network")]
public sealed class CatchUpTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EmptyFifth_grantedAccess_catchesUpWhileLoadGoesOn()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        int blocks = NetworkSettings.Read("CHAIN_BLOCKS", 2000);
        using TestNetwork network = new(output, nodes: 5, validators: 4);
        NetworkNode fifth = network.Nodes[4];
        await network.StartAsync(cancel, 0, 1, 2, 3);
        await using NetworkLoad load = NetworkLoad.Start(network, cancel);
        await network.ReachAsync(network.Nodes[0], new Height(blocks), cancel);

        // It runs first, and is refused until the validators have granted its key access.
        await fifth.StartAsync(cancel);
        await Membership.GrantAccessAsync(network, fifth, [.. network.Nodes.Take(4)], cancel);
        await CatchUpAsync(network, fifth, cancel);

        await load.FlowAsync(network, fifth, cancel);
        await load.StopAsync();
        await Agreement.HoldsAsync(network, load, cancel);
        output.WriteLine($"{load.Acknowledged.Count} acknowledged, height {await network.TallestAsync(cancel)}");
        await network.StopAsync();
    }

    [Fact]
    public async Task EmptySecond_withoutLoad_catchesUpAndIsCutOffWhenItsAccessEnds()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Height blocks = new(NetworkSettings.Read("CHAIN_BLOCKS", 200));
        Parameters hasty = Parameters.Devnet.With(ParameterId.EmptyBlockIntervalMs, 10);
        using TestNetwork network = new(output, nodes: 2, validators: 1, parameters: hasty);
        NetworkNode second = network.Nodes[1];
        await network.StartAsync(cancel, 0);
        await Membership.GrantAccessAsync(network, second, [network.Nodes[0]], cancel);
        await network.ReachAsync(network.Nodes[0], blocks, cancel);
        await second.StartAsync(cancel);
        await CatchUpAsync(network, second, cancel);
        await Agreement.HoldsAsync(network, load: null, cancel);

        // Its access is taken back while it is connected, and it is out; given again, and it is in, all without a restart.
        ChainClient first = network.Nodes[0].Client;
        await Membership.RevokeAccessAsync(network, second, [network.Nodes[0]], cancel);
        await network.UntilAsync(async () => (await first.PeersAsync(cancel)).Count == 0, "it is cut off", cancel);
        Height cut = await second.HeightAsync(cancel);
        await network.ReachAsync(network.Nodes[0], new Height(cut.Value + 100), cancel);
        Height later = await second.HeightAsync(cancel);
        network.Check(later.Value < cut.Value + 50, $"it went from {cut} to {later} without an access");
        await Membership.GrantAccessAsync(network, second, [network.Nodes[0]], cancel);
        await network.ReachAsync(second, await network.TallestAsync(cancel), cancel);
        await network.StopAsync();
    }

    [Fact]
    public async Task EmptySecond_afterFullBlocks_catchesUp()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        PrivateKey[] accounts = [.. Enumerable.Range(0, 64).Select(static i => PrivateKey.FromSeed(Sha256.Hash([11, (byte)i]).Span))];
        using TestNetwork network = new(output, nodes: 2, validators: 1, accounts: accounts);
        NetworkNode second = network.Nodes[1];
        await network.StartAsync(cancel, 0);
        await Membership.GrantAccessAsync(network, second, [network.Nodes[0]], cancel);
        LoadOptions options = new()
        {
            WarmUp = TimeSpan.FromSeconds(1),
            Duration = TimeSpan.FromSeconds(NetworkSettings.Read("CHAIN_LOAD_SECONDS", 3)),
        };
        LoadReport live = await new LoadRun([network.Nodes[0].Client], options)
            .RunAsync(accounts, static _ => Task.CompletedTask, cancel);
        output.WriteLine($"live: {live.PerSecond:F0} transactions a second in {live.Blocks} blocks");
        await second.StartAsync(cancel);
        await CatchUpAsync(network, second, cancel);
        await Agreement.HoldsAsync(network, load: null, cancel);
        await network.StopAsync();
        foreach (PrivateKey account in accounts) account.Dispose();
    }

    private async Task CatchUpAsync(TestNetwork network, NetworkNode node, CancellationToken cancel)
    {
        Height goal = await network.TallestAsync(cancel);
        await network.UntilAsync(async () => (await node.HeightAsync(cancel)).Value > 0, "it gets blocks", cancel);
        long began = Stopwatch.GetTimestamp();
        TimeSpan before = node.ProcessorTime;
        Height from = await node.HeightAsync(cancel);
        await network.ReachAsync(node, goal, cancel);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Height reached = await node.HeightAsync(cancel);
        long count = reached.Value - from.Value;
        long transactions = 0;
        for (Height height = from.Next; height <= reached; height = height.Next)
        {
            transactions += (await node.Client.BlockAsync(height, cancel)).Transactions.Count;
        }
        output.WriteLine($"from {from} to {reached} in {seconds:F2} s: {count / seconds:F0} blocks and "
            + $"{transactions / seconds:F0} transactions a second, "
            + $"{(node.ProcessorTime - before).TotalMicroseconds / count:F0} us of processor time for each");
    }
}
