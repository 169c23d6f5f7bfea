using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Node.Tests.Storage;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Process.Tests.Network;

/// <summary>A node that begins from a snapshot, and is stopped in the middle of it.</summary>
[Collection("Network")]
public sealed class StateSyncFaultTests(ITestOutputHelper output) : IDisposable
{
    private const int DiskStorage = 74;

    /// <summary>A state of some eight chunks.</summary>
    private const int Strangers = 120_000;

    private const int Interval = 5;

    private const int ChunkBytes = 1024 * 1024;

    /// <summary>Bytes that pass before the next look: much less than a chunk.</summary>
    private const int PieceBytes = 128 * 1024;

    private readonly ProxyWiring _wiring = new(2);

    [Fact]
    public async Task Restore_diskFull_stopsWith74AndGoesOnOnceThereIsRoom()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        string folder = Path.Combine(Path.GetTempPath(), "chain-small-" + Guid.NewGuid().ToString("N"));
        try
        {
            using SmallDisk disk = SmallDisk.MountOrSkip(folder, "256M");
            using TestNetwork network = Network(Path.Combine(disk.Root, "home"));
            await PrepareAsync(network, cancel);
            using NodeProcess restoring = Start(network);
            await PassChunksAsync(network, chunks: 2, piecesMax: 4 * ChunkBytes / PieceBytes, cancel);
            string ballast = disk.Fill();
            Way.Allow(long.MaxValue);
            Assert.Equal(DiskStorage, await restoring.ExitAsync());
            Assert.Contains("No space left on device", restoring.Errors, StringComparison.Ordinal);
            Assert.Contains("free some space and start again", restoring.Errors, StringComparison.Ordinal);

            // The same again, while there is still no room.
            using NodeProcess again = Start(network);
            Assert.Equal(DiskStorage, await again.ExitAsync());
            Assert.Contains("No space left on device", again.Errors, StringComparison.Ordinal);

            File.Delete(ballast);
            await CompleteAsync(network, cancel);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder);
        }
    }

    [Fact]
    public async Task Restore_killed_goesOnAtTheNextStart()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using TestNetwork network = Network(home: null);
        await PrepareAsync(network, cancel);
        for (int i = 0; i < 2; i++)
        {
            using NodeProcess restoring = Start(network);
            // What came before the first kill does not come again: nothing would let it pass.
            if (i == 0) await PassChunksAsync(network, chunks: 2, piecesMax: 4 * ChunkBytes / PieceBytes, cancel);
            else await PassChunksAsync(network, chunks: 3, piecesMax: 2 * ChunkBytes / PieceBytes, cancel);
            await restoring.KillAsync();
        }
        await CompleteAsync(network, cancel);
    }

    public void Dispose() => _wiring.Dispose();

    private TestNetwork Network(string? home) => new(
        output,
        nodes: 2,
        validators: 1,
        homeOf: number => number == 1 ? home : null,
        // No block comes by itself, so the snapshot stays.
        parameters: Parameters.Devnet.With(ParameterId.EmptyBlockIntervalMs, 3_600_000),
        wiring: _wiring,
        configure: static (_, config) => config.SnapshotInterval = Interval,
        strangers: Strangers);

    private PeerProxy Way => _wiring.Link(1, 0).Single();

    private static NodeProcess Start(TestNetwork network) => NodeProcess.Launch(["start", "--home", network.Nodes[1].Home.Root, "--json"]);

    /// <summary>The first node makes snapshots, and the second is told to begin with one. Nothing passes between them.</summary>
    private async Task PrepareAsync(TestNetwork network, CancellationToken cancel)
    {
        NetworkNode server = network.Nodes[0];
        NetworkNode joining = network.Nodes[1];
        await network.StartAsync(cancel, 0);
        await Membership.GrantAccessAsync(network, joining, [server], cancel);
        Height trusted = await server.HeightAsync(cancel);
        while ((await server.HeightAsync(cancel)).Value < trusted.Value + Interval + 2) await AdvanceAsync(network, cancel);
        JsonNode config = JsonNode.Parse(await File.ReadAllTextAsync(joining.Home.ConfigFile, cancel))!;
        config["state_sync_height"] = trusted.Value;
        config["state_sync_hash"] = (await server.Client.CommitAsync(trusted, cancel)).Header.Hash().ToString();
        await File.WriteAllTextAsync(joining.Home.ConfigFile, config.ToJsonString(), cancel);
        Way.Meter();
    }

    /// <summary>A block with a transaction, and the one after it.</summary>
    private static Task AdvanceAsync(TestNetwork network, CancellationToken cancel)
    {
        NetworkNode server = network.Nodes[0];
        return network.SendAsync(server, server, new Transfer(server.Operator.PublicKey.Address, 1, default), cancel);
    }

    /// <summary>Lets so much pass that some chunks are on the disk, and no more than so many pieces.</summary>
    private async Task PassChunksAsync(TestNetwork network, int chunks, int piecesMax, CancellationToken cancel)
    {
        using HttpClient http = new() { BaseAddress = new Uri($"http://{network.Nodes[1].Host}:{TestNetwork.MetricsPort}/") };
        await network.UntilAsync(
            async () =>
            {
                // Until it knows of a snapshot, what comes is short.
                long all = 0;
                try
                {
                    string page = await http.GetStringAsync("metrics", cancel);
                    all = Read(page, "chain_statesync_chunks");
                    long here = Read(page, "chain_statesync_chunks_here");
                    network.Check(all == 0 || here < all, "the last chunk came too soon");
                    if (here >= chunks) return true;
                }
                catch (HttpRequestException)
                {
                    // It does not answer yet.
                }
                if (all == 0 || piecesMax-- > 0) Way.Allow(PieceBytes);
                return false;
            },
            $"{chunks} chunks are here",
            cancel);
        Way.Meter();
    }

    private static long Read(string page, string gauge)
    {
        Match line = Regex.Match(page, $"^{gauge}{{.*}} (.*)$", RegexOptions.Multiline);
        return line.Success ? long.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The same command goes on, and the node follows the chain from the snapshot's height.</summary>
    private async Task CompleteAsync(TestNetwork network, CancellationToken cancel)
    {
        Way.Allow(long.MaxValue);
        NetworkNode server = network.Nodes[0];
        NetworkNode joined = network.Nodes[1];
        await joined.StartAsync(cancel);
        await AdvanceAsync(network, cancel);
        Height goal = await server.HeightAsync(cancel);
        await network.ReachAsync(joined, goal, cancel);
        BlockAnswer[] blocks = await Task.WhenAll(network.Nodes.Select(node => node.Client.BlockAsync(goal, cancel)));
        network.Check(blocks[0].Header.AppHash == blocks[1].Header.AppHash, $"other states at height {goal}");
        network.Check(joined.Errors.Contains("begins from the snapshot", StringComparison.Ordinal), "it was whole before it was stopped");
        await network.StopAsync();
    }
}
