using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Tests.Storage;

namespace Chain.Process.Tests.Network;

/// <summary>A disk that is full under one of four validators. Needs root, for a small disk of its own.</summary>
[Collection("Network")]
public sealed class DiskFullTests(ITestOutputHelper output)
{
    private const int DiskStorage = 74;
    private const int DiskBytes = 256 * 1024 * 1024;

    [Fact]
    public async Task OneOfFour_diskFull_stopsWith74AndComesBackOnceThereIsRoom()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        string folder = Path.Combine(Path.GetTempPath(), "chain-small-" + Guid.NewGuid().ToString("N"));
        try
        {
            using SmallDisk disk = SmallDisk.MountOrSkip(folder, $"{DiskBytes}");
            using TestNetwork network = new(output, homeOf: number => number == 2 ? Path.Combine(disk.Root, "home") : null);
            NetworkNode victim = network.Nodes[2];
            await network.StartAsync(cancel);
            await using NetworkLoad load = NetworkLoad.Start(network, cancel);
            foreach (NetworkNode node in network.Nodes) await load.FlowAsync(network, node, cancel);

            string ballast = disk.Fill();
            Assert.Equal(DiskStorage, await victim.ExitAsync());
            Assert.Contains("No space left on device", victim.Errors, StringComparison.Ordinal);
            await network.AdvanceAsync(5, cancel);
            await load.FlowAsync(network, network.Running.First(), cancel);

            File.Delete(ballast);
            await victim.StartAsync(cancel);
            await load.FlowAsync(network, victim, cancel);
            await load.StopAsync();
            await Agreement.HoldsAsync(network, load, cancel);
            output.WriteLine($"{load.Acknowledged.Count} acknowledged, height {await network.TallestAsync(cancel)}");
            await network.StopAsync();
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder);
        }
    }
}
