using System;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Hosting;
using Chain.Node.Storage.Blocks;
using Chain.Node.Storage.Disk;
using Chain.Node.Storage.Rocks;
using Chain.Node.Storage.Wal;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Node.Tests.Hosting;

/// <summary>The composed node on a real disk, without a process of its own.</summary>
public sealed class ChainNodeTests : IDisposable
{
    private readonly NodeHome _home = new(Path.Combine(Path.GetTempPath(), "chain-node-" + Guid.NewGuid().ToString("N")));

    [Fact]
    public async Task Start_freshHome_decidesBlocksAndGoesOnAfterRestart()
    {
        Init(Parameters.Devnet.With(ParameterId.EmptyBlockIntervalMs, 20));

        Height first = await RunUntilAsync(new Height(5));
        Height second = await RunUntilAsync(new Height(first.Value + 5));

        Assert.True(second > first);
    }

    [Fact]
    public async Task Start_leastBlockInterval_standsBetweenHeaderTimes()
    {
        const int LeastMs = 150;
        Init(Parameters.Devnet.With(ParameterId.EmptyBlockIntervalMs, 20).With(ParameterId.MinBlockIntervalMs, LeastMs));
        await RunUntilAsync(new Height(4));

        using RocksDbStore store = RocksDbStore.Open(_home.StateFolder);
        BlockStore blocks = new(store);
        for (long height = 2; height <= 4; height++)
        {
            long before = blocks.LoadBlock(new Height(height - 1))!.Header.Time.UnixMs;
            Assert.True(blocks.LoadBlock(new Height(height))!.Header.Time.UnixMs - before >= LeastMs, $"height {height}");
        }
    }

    [Fact]
    public async Task ConsensusState_ofARunningNode_namesHeightProposerAndVotes()
    {
        Init(Parameters.Devnet.With(ParameterId.EmptyBlockIntervalMs, 20));
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await using ChainNode node = Composition.Open(_home, TimeProvider.System, NullLoggerFactory.Instance);
        await node.StartAsync(cancel);
        while (node.Tip.Height.Value < 2 && !node.Ended.IsCompleted) await Task.Delay(10, cancel);
        using HttpClient http = new();
        using JsonDocument answer = JsonDocument.Parse(
            await http.GetStringAsync(new Uri($"http://{node.RpcEndpoint}/consensus_state"), cancel));
        JsonElement round = answer.RootElement.GetProperty("result").GetProperty("round_state");
        string[] place = round.GetProperty("height/round/step").GetString()!.Split('/');
        Assert.True(long.Parse(place[0], CultureInfo.InvariantCulture) >= 2);
        Assert.Equal(node.Tip.Validators.Proposer.Address.ToHex(), round.GetProperty("proposer").GetProperty("address").GetString(), ignoreCase: true);
        foreach (JsonElement votes in round.GetProperty("height_vote_set").EnumerateArray())
        {
            Assert.Equal(1, votes.GetProperty("prevotes").GetArrayLength());
            Assert.StartsWith("BA{1:", votes.GetProperty("precommits_bit_array").GetString(), StringComparison.Ordinal);
        }
        await node.StopAsync(cancel);
    }

    [Fact]
    public void Open_storeLostWhatTheLogKnowsAsSynced_isRefused()
    {
        Init(Parameters.Devnet);
        using (WriteAheadLog log = WriteAheadLog.Open(new RealDisk(), _home.LogFolder, out _)) log.StartSegment(10);

        NodeStopException refused = Assert.Throws<NodeStopException>(
            () => Composition.Open(_home, TimeProvider.System, NullLoggerFactory.Instance));

        Assert.Equal(ExitCode.Storage, refused.Code);
    }

    public void Dispose()
    {
        if (Directory.Exists(_home.Root)) Directory.Delete(_home.Root, recursive: true);
    }

    private void Init(Parameters parameters)
    {
        using PrivateKey owner = PrivateKey.FromSeed(Sha256.Hash([7]).Span);
        NodeInit.Run(_home, new InitOptions(
            "test-1",
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            new NodeConfig { RpcAddress = "127.0.0.1:0" },
            parameters,
            owner.PublicKey.Address,
            [new GenesisAccount(owner.PublicKey.Address, 1_000_000_000_000)],
            []));
    }

    private async Task<Height> RunUntilAsync(Height height)
    {
        await using ChainNode node = Composition.Open(_home, TimeProvider.System, NullLoggerFactory.Instance);
        await node.StartAsync(TestContext.Current.CancellationToken);
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (node.Tip.Height < height && !node.Ended.IsCompleted) await Task.Delay(10, limit.Token);
        if (node.Ended.IsCompleted && await node.Ended is { } fault) throw fault;
        await node.StopAsync(limit.Token);
        return node.Tip.Height;
    }
}
