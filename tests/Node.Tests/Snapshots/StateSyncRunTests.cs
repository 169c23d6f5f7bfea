using System;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Hosting;
using Chain.Node.Tests.Storage;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Node.Tests.Snapshots;

public sealed class StateSyncRunTests : IDisposable
{
    private const long Interval = 100;

    private readonly TempFolder _folder = new();
    private readonly PrivateKey _owner = PrivateKey.FromSeed(Sha256.Hash([2]).Span);

    [Fact]
    public async Task Node_that_names_a_trusted_block_begins_from_a_peers_snapshot_and_follows_the_chain()
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        NodeHome servers = new(_folder.PathOf("server"));
        NodeHome home = new(_folder.PathOf("new"));
        GenesisMember member = NodeInit.MakeKeys(home, _owner.PublicKey.Address, "new");
        NodeConfig config = new()
        {
            RpcAddress = "127.0.0.1:0",
            PeerAddress = "127.0.0.1:0",
            SnapshotInterval = Interval,
            BreakGlassPeers = [Hex.Lower(member.NodeKey.Address.Span)],
        };
        GenesisDocument genesis = NodeInit.Run(servers, Options(config));
        await using ChainNode server = Composition.Open(servers, TimeProvider.System, NullLoggerFactory.Instance);
        await server.StartAsync(limit.Token);
        await ReachAsync(server, new Height(Interval + 2), limit.Token);

        NodeConfig joining = new()
        {
            RpcAddress = "127.0.0.1:0",
            PeerAddress = "127.0.0.1:0",
            Peers = [$"{Hex.Lower(genesis.Seats[0].NodeKey.Address.Span)}@{server.PeerEndpoint}"],
            StateSyncHeight = 3,
            StateSyncHash = await HashAsync(server, 3, limit.Token),
        };
        NodeInit.Run(home, Options(joining) with { Genesis = genesis });
        await StateSyncRun.RunAsync(home, TimeProvider.System, NullLoggerFactory.Instance, limit.Token);
        await using (ChainNode node = Composition.Open(home, TimeProvider.System, NullLoggerFactory.Instance))
        {
            Assert.True(node.Tip.Height.Value is >= Interval and var height && height % Interval == 0, $"begins at {node.Tip.Height}");
            await node.StartAsync(limit.Token);
            await ReachAsync(node, server.Tip.Height.Next, limit.Token);
            await node.StopAsync(limit.Token);
        }
        await server.StopAsync(limit.Token);
        // A second start finds its state, and needs no peers for that.
        await StateSyncRun.RunAsync(home, TimeProvider.System, NullLoggerFactory.Instance, limit.Token);
    }

    [Fact]
    public async Task Node_that_waits_for_a_snapshot_answers_health_and_says_that_it_catches_up()
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        NodeHome home = new(_folder.PathOf("waiting"));
        NodeInit.Run(home, Options(new NodeConfig
        {
            RpcAddress = "127.0.0.1:0",
            PeerAddress = "127.0.0.1:0",
            MetricsAddress = "127.0.0.1:0",
            Peers = [$"{new string('a', 40)}@127.0.0.1:1"],
            StateSyncHeight = 3,
            StateSyncHash = new string('A', 64),
        }));
        TaskCompletionSource<(IPEndPoint Rpc, IPEndPoint? Metrics)> started = new();
        Task run = StateSyncRun.RunAsync(
            home, TimeProvider.System, NullLoggerFactory.Instance, stop.Token, (rpc, metrics) => started.SetResult((rpc, metrics)));
        (IPEndPoint endpoint, IPEndPoint? watch) = await started.Task.WaitAsync(stop.Token);
        await IsAliveAndNotReadyAsync(watch!, stop.Token);
        using HttpClient http = new() { BaseAddress = new Uri($"http://{endpoint}/") };
        Assert.Contains("\"result\":{}", await http.GetStringAsync("health", stop.Token), StringComparison.Ordinal);
        using (JsonDocument json = JsonDocument.Parse(await http.GetStringAsync("status", stop.Token)))
        {
            JsonElement sync = json.RootElement.GetProperty("result").GetProperty("sync_info");
            Assert.True(sync.GetProperty("catching_up").GetBoolean());
            Assert.Equal("0", sync.GetProperty("latest_block_height").GetString());
        }
        using (JsonDocument json = JsonDocument.Parse(await http.GetStringAsync("broadcast_tx_sync?tx=0x01", stop.Token)))
        {
            JsonElement answer = json.RootElement.GetProperty("result");
            Assert.Equal((uint)ResultCode.MempoolFull, answer.GetProperty("code").GetUInt32());
        }
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private static async Task IsAliveAndNotReadyAsync(IPEndPoint watch, CancellationToken cancel)
    {
        using HttpClient http = new() { BaseAddress = new Uri($"http://{watch}/") };
        Assert.Equal("statesync: ok\n", await http.GetStringAsync("livez", cancel));
        using HttpResponseMessage ready = await http.GetAsync("readyz", cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        string why = await ready.Content.ReadAsStringAsync(cancel);
        Assert.Contains("statesync: the node begins from a snapshot: no peer has offered", why, StringComparison.Ordinal);
        Assert.Contains("peers: none of the 1 configured peers is connected", why, StringComparison.Ordinal);
        string metrics = await http.GetStringAsync("metrics", cancel);
        Assert.Contains("cometbft_statesync_syncing{chain_id=\"test-1\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("cometbft_p2p_peers{chain_id=\"test-1\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("process_resident_memory_bytes{chain_id=\"test-1\"} ", metrics, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _owner.Dispose();
        _folder.Dispose();
    }

    private InitOptions Options(NodeConfig config) => new(
        "test-1",
        DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        config,
        Parameters.Devnet.With(ParameterId.EmptyBlockIntervalMs, 50),
        _owner.PublicKey.Address,
        [new GenesisAccount(_owner.PublicKey.Address, 1_000_000_000_000)],
        []);

    private static async Task ReachAsync(ChainNode node, Height height, CancellationToken cancel)
    {
        while (node.Tip.Height < height)
        {
            if (node.Ended.IsCompleted) Assert.Fail($"the node stopped: {await node.Ended}");
            await Task.Delay(20, cancel);
        }
    }

    private static async Task<string> HashAsync(ChainNode node, long height, CancellationToken cancel)
    {
        using HttpClient http = new();
        string answer = await http.GetStringAsync(new Uri($"http://{node.RpcEndpoint}/block?height={height}"), cancel);
        using JsonDocument json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("result").GetProperty("block_id").GetProperty("hash").GetString()!;
    }
}
