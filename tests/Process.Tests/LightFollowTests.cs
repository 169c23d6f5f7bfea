using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Client.Light;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Process.Tests;

/// <summary>A light client that follows a real process over kills, from nothing but the first block's hash.</summary>
public sealed class LightFollowTests
{
    private const long TrustingPeriodMs = 3_600_000;

    [Fact]
    public async Task LightClient_nodeKilledAndStartedAgain_goesOnFromItsFile()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using TestHome home = new();
        string file = Path.Combine(home.Home.Root, "light.json");
        Hash256 first = default;
        Height reached = default;
        for (int run = 0; run < 2; run++)
        {
            using NodeProcess node = await NodeProcess.StartAsync(home.Home.Root, cancel);
            using ChainClient client = new(node.Url);
            while ((await client.StatusAsync(cancel)).LatestHeight.Value == 0) await Task.Delay(20, cancel);
            if (run == 0) first = (await client.CommitAsync(new Height(1), cancel)).Header.Hash();
            RpcLightSource source = new(client);
            LightClient light = new(
                LightOptions.Default(TrustingPeriodMs), new LightStoreFile(file), source, [source], TimeProvider.System);
            if (run == 0) await light.TrustAsync(new Height(1), first, cancel);

            LightSync sync = await light.SyncAsync(null, cancel);
            while (sync.Trusted!.Height.Value < reached.Value + 3)
            {
                await Task.Delay(50, cancel);
                sync = await light.SyncAsync(null, cancel);
            }

            reached = sync.Trusted.Height;
            Assert.Equal((await client.CommitAsync(reached, cancel)).Header, sync.Trusted.Header);
            Assert.Equal(WitnessState.Agrees, Assert.Single(sync.Witnesses).State);
            await node.KillAsync();
        }
        Assert.Equal(first, new LightStoreFile(file).Blocks[0].Header.Hash());
        Assert.Equal(reached, new LightStoreFile(file).Blocks[^1].Height);
    }
}
