using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Process.Tests.Network;

/// <summary>Validators that come and go by transactions, while load goes on.</summary>
[Collection("Network")]
public sealed class MembershipTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Validators_oneToTwoToFourToThree_chainGoesOnAndAllRestart()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using TestNetwork network = new(output, nodes: 5, validators: 1);
        List<NetworkNode> seated = [network.Nodes[0]];
        await network.StartAsync(cancel, 0);
        await using NetworkLoad load = NetworkLoad.Start(network, cancel);
        NetworkNode late = network.Nodes[4];
        List<NetworkNode> first = [.. network.Nodes.Take(4)];
        foreach (NetworkNode newcomer in first.Skip(1))
        {
            // It runs and has all blocks before it has a seat: with two validators both are needed for every block.
            await newcomer.StartAsync(cancel);
            await Membership.GrantAccessAsync(network, newcomer, seated, cancel);
            await network.ReachAsync(newcomer, await network.TallestAsync(cancel), cancel);
            await Membership.GrantSeatAsync(network, newcomer, seated, cancel);
            seated.Add(newcomer);
            await Membership.SetIsAsync(network, seated, cancel);
            await network.AdvanceAsync(3, cancel);
        }

        // The one that began the chain leaves it; its node follows on.
        await Membership.LeaveAsync(network, network.Nodes[0], cancel);
        seated.RemoveAt(0);
        await Membership.SetIsAsync(network, seated, cancel);
        foreach (NetworkNode node in first) await load.FlowAsync(network, node, cancel);

        // One that knows the genesis alone, four sets behind, of whom that validator is no more one.
        await late.StartAsync(cancel);
        await Membership.GrantAccessAsync(network, late, seated, cancel);
        await load.FlowAsync(network, late, cancel);
        await load.StopAsync();
        await Agreement.HoldsAsync(network, load, cancel);

        await network.StopAsync();
        await network.StartAsync(cancel);
        await network.AdvanceAsync(3, cancel);
        await Membership.SetIsAsync(network, seated, cancel);
        await Agreement.HoldsAsync(network, load, cancel);
        output.WriteLine($"{load.Acknowledged.Count} acknowledged, height {await network.TallestAsync(cancel)}");
        await network.StopAsync();
    }
}
