using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Process.Tests;

/// <summary>The real process, killed at random moments under load. More kills: <c>CHAIN_KILLS=50</c>; other moments: <c>CHAIN_SEED</c>.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Node_killedUnderLoad_goesOnAndLosesNoAcknowledgedTransaction()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        int kills = Setting("CHAIN_KILLS", 5);
        int seed = Setting("CHAIN_SEED", Environment.TickCount);
        output.WriteLine($"repeat with CHAIN_SEED={seed} CHAIN_KILLS={kills}");
        Random random = new(seed);
        using TestHome home = new();
        Load load = new(home.Owner, Address.From(Sha256.Hash([9]).Span[..Address.Size]));
        Height reached = default;

        for (int kill = 0; kill <= kills; kill++)
        {
            using NodeProcess node = await NodeProcess.StartAsync(home.Home.Root, cancel);
            using ChainClient client = new(node.Url);
            Height height = (await client.StatusAsync(cancel)).LatestHeight;
            Assert.True(height >= reached, $"height {height} after a kill at {reached}");
            foreach (Hash256 id in load.Acknowledged)
            {
                Assert.True(await client.FindTransactionAsync(id, cancel) is not null, $"{id} was acknowledged and is gone");
            }

            // The log may still hold a block; a transaction made on the state before it would have its sequence.
            while ((await client.StatusAsync(cancel)).LatestHeight <= height) await Task.Delay(20, cancel);
            using CancellationTokenSource loading = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            int before = load.Acknowledged.Count;
            Task running = load.RunAsync(node.Url, loading.Token);
            while (load.Acknowledged.Count == before && !running.IsCompleted) await Task.Delay(5, cancel);
            Assert.True(load.Acknowledged.Count > before, $"the node takes no load: {load.LastError}\n{node.Errors}");
            if (kill < kills) await Task.Delay(random.Next(0, 300), cancel);
            reached = (await client.StatusAsync(cancel)).LatestHeight;
            if (kill < kills)
            {
                await node.KillAsync();
            }
            else
            {
                await loading.CancelAsync();
                Assert.Equal(0, await node.StopAsync());
            }
            await running;
        }
        output.WriteLine($"{load.Acknowledged.Count} acknowledged transactions over {kills} kills, height {reached}");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
