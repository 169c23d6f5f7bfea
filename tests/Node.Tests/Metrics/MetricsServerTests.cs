using System;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Hosting;
using Chain.Node.Metrics;
using Chain.Node.Tests.Storage;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Node.Tests.Metrics;

/// <summary>What those see who watch a node.</summary>
public sealed class MetricsServerTests
{
    [Fact]
    public async Task Running_node_tells_its_numbers_and_is_ready()
    {
        using TempFolder folder = new();
        NodeHome home = Init(folder, peers: []);
        await using ChainNode node = await StartAsync(home);
        using HttpClient http = new() { BaseAddress = new Uri($"http://{node.MetricsEndpoint}/") };

        string text = await http.GetStringAsync("metrics", Cancel);
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            Assert.True(
                line.StartsWith("# ", StringComparison.Ordinal)
                || Regex.IsMatch(line, """^[a-z_][a-zA-Z0-9_]*\{chain_id="test-1"(,[a-zA-Z_]+="[^"]*")*\} [-+.0-9eE]+$"""),
                line);
        }
        Assert.True(ValueOf(text, "cometbft_consensus_latest_block_height") >= 3);
        Assert.True(ValueOf(text, "cometbft_consensus_height") >= 4);
        Assert.Equal(1, ValueOf(text, "cometbft_consensus_validators"));
        Assert.Equal(0, ValueOf(text, "cometbft_consensus_missing_validators"));
        Assert.True(ValueOf(text, "cometbft_consensus_block_interval_seconds_count") >= 2);
        Assert.True(ValueOf(text, "cometbft_state_block_processing_time_count") >= 0);
        Assert.True(ValueOf(text, "chain_wal_sync_seconds_count") >= 3);
        Assert.True(ValueOf(text, "chain_signer_sync_seconds_count") >= 6);
        Assert.True(ValueOf(text, "chain_store_batch_seconds_count") >= 3);
        Assert.True(ValueOf(text, "chain_base_fee_ncredit") > 0);
        Assert.True(ValueOf(text, "cometbft_consensus_chain_size_bytes") > 1_000);
        Assert.True(ValueOf(text, "cometbft_consensus_proposal_create_count") >= 3);
        Assert.True(ValueOf(text, "cometbft_consensus_step_duration_seconds_count", ",step=\"Propose\"") >= 3);
        Assert.True(ValueOf(text, "cometbft_consensus_validator_last_signed_height", ",validator_address=\"[0-9A-F]{40}\"") >= 1);
        Assert.Equal(0, ValueOf(text, "cometbft_consensus_validator_missed_blocks", ",validator_address=\"[0-9A-F]{40}\""));
        Assert.Equal(1, ValueOf(text, "cometbft_consensus_precommits_counted"));
        Assert.Equal(100, ValueOf(text, "cometbft_consensus_precommits_staking_percentage"));
        Assert.Equal(0, ValueOf(text, "cometbft_consensus_duplicate_vote"));

        using HttpClient rpc = new() { BaseAddress = new Uri($"http://{node.RpcEndpoint}/") };
        await rpc.GetStringAsync("broadcast_tx_sync?tx=0x01", Cancel);
        text = await http.GetStringAsync("metrics", Cancel);
        Assert.Equal(1, ValueOf(text, "cometbft_mempool_failed_txs"));
        foreach (string name in (string[])["rejected_txs", "evicted_txs", "recheck_times", "already_received_txs", "reaped_txs", "tx_size_bytes_count"])
        {
            Assert.Equal(0, ValueOf(text, "cometbft_mempool_" + name));
        }

        Assert.Equal("replica: ok\n", await http.GetStringAsync("livez", Cancel));
        Assert.DoesNotContain("no block", await http.GetStringAsync("readyz", Cancel), StringComparison.Ordinal);
        using HttpResponseMessage other = await http.GetAsync("other", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Node_without_its_peers_lives_and_says_why_it_is_not_ready()
    {
        using TempFolder folder = new();
        NodeHome home = Init(folder, peers: [$"{new string('a', 40)}@127.0.0.1:1"]);
        await using ChainNode node = await StartAsync(home);
        using HttpClient http = new() { BaseAddress = new Uri($"http://{node.MetricsEndpoint}/") };

        using HttpResponseMessage ready = await http.GetAsync("readyz", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        string text = await ready.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("peers: none of the 1 configured peers is connected\n", text, StringComparison.Ordinal);
        Assert.Contains("signer: ok\n", text, StringComparison.Ordinal);
        Assert.Equal("replica: ok\n", await http.GetStringAsync("livez", Cancel));
    }

    [Fact]
    public void Histogram_counts_into_the_place_of_each_value()
    {
        Histogram histogram = new(1, 2);
        foreach (double value in (double[])[0.5, 1, 1.5, 7]) histogram.Observe(value);
        (_, long[] counts, double sum) = histogram.Read();
        Assert.Equal([2, 1, 1], counts);
        Assert.Equal(10, sum);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static NodeHome Init(TempFolder folder, string[] peers)
    {
        NodeHome home = new(folder.PathOf("home"));
        using PrivateKey owner = PrivateKey.FromSeed(Sha256.Hash([7]).Span);
        NodeInit.Run(home, new InitOptions(
            "test-1",
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            new NodeConfig
            {
                RpcAddress = "127.0.0.1:0",
                MetricsAddress = "127.0.0.1:0",
                PeerAddress = peers.Length > 0 ? "127.0.0.1:0" : "",
                Peers = peers,
            },
            Parameters.Devnet.With(ParameterId.EmptyBlockIntervalMs, 20),
            owner.PublicKey.Address,
            [new GenesisAccount(owner.PublicKey.Address, 1_000_000_000_000)],
            []));
        return home;
    }

    private static async Task<ChainNode> StartAsync(NodeHome home)
    {
        ChainNode node = Composition.Open(home, TimeProvider.System, NullLoggerFactory.Instance);
        await node.StartAsync(Cancel);
        while (node.Tip.Height.Value < 3 && !node.Ended.IsCompleted) await Task.Delay(10, Cancel);
        Assert.False(node.Ended.IsCompleted);
        return node;
    }

    /// <param name="labels">A pattern of those after the chain's id; null for any.</param>
    private static double ValueOf(string text, string name, string? labels = null)
    {
        string inside = labels is null ? "[^}]*" : $"chain_id=\"test-1\"{labels}";
        Match line = Regex.Match(text, $"^{name}\\{{{inside}\\}} (.*)$", RegexOptions.Multiline);
        Assert.True(line.Success, $"{name} is missing");
        return double.Parse(line.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }
}
