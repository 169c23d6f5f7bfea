using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Primitives.Blocks;

namespace Chain.Process.Tests.Network;

/// <summary>Operators that know only each other's files begin a chain: nothing but the command line.</summary>
[Collection("Network")]
public sealed class FoundingTests : IDisposable
{
    private const int Operators = 3;

    private static readonly TimeSpan HangTime = TimeSpan.FromSeconds(150);

    private readonly string _folder = Directory.CreateTempSubdirectory("chain-founding-").FullName;

    /// <summary>A loopback net of its own, so that the ports are free.</summary>
    private readonly string _net = $"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(1, 255)}";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ThreeOperators_contributeAssembleInitStart_makeBlocksTogether()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        int[] all = [.. Enumerable.Range(0, Operators)];
        foreach (int i in all)
        {
            await AskAsync("genesis", "contribute", "--chain-id", "founded-1", "--moniker", $"node{i}", "--peer-address",
                $"{_net}.{i + 1}:26656", "--home", HomeOf(i), "--out", FileOf(i));
        }
        string genesis = Path.Combine(_folder, "genesis.json");
        JsonNode made = await AskAsync(["genesis", "assemble", .. all.Select(FileOf), "--devnet", "--out", genesis]);
        string[] peers = [.. made["peers"]!.AsArray().SelectMany(peer => new[] { "--peer", (string)peer! })];
        foreach (int i in all)
        {
            await AskAsync(["init", "--home", HomeOf(i), "--genesis", genesis, "--rpc", $"{_net}.{i + 1}:26657",
                "--peer-address", $"{_net}.{i + 1}:26656", .. peers]);
        }

        List<NodeProcess> nodes = [];
        try
        {
            foreach (int i in all) nodes.Add(await NodeProcess.StartAsync(HomeOf(i), cancel));
            List<Header> headers = [];
            foreach (NodeProcess node in nodes) headers.Add(await HeaderAsync(node, new Height(3), cancel));
            Assert.Single(headers.Select(header => header.Hash()).Distinct());
            using ChainClient client = new(nodes[0].Url);
            Assert.Equal(Operators, (await client.ValidatorsAsync(null, cancel)).Count);
            foreach (NodeProcess node in nodes) Assert.Equal(0, await node.StopAsync());
        }
        finally
        {
            foreach (NodeProcess node in nodes) node.Dispose();
        }
    }

    private static async Task<JsonNode> AskAsync(params string[] arguments)
    {
        (int status, string text) = await NodeProcess.RunAsync([.. arguments, "--json"]);
        Assert.True(status == 0, $"chain {string.Join(' ', arguments)}: status {status}\n{text}");
        return JsonNode.Parse(text)!;
    }

    private static async Task<Header> HeaderAsync(NodeProcess node, Height height, CancellationToken cancel)
    {
        using ChainClient client = new(node.Url);
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if ((await client.StatusAsync(cancel)).LatestHeight >= height) return (await client.CommitAsync(height, cancel)).Header;
            }
            catch (ClientException)
            {
                // Not there yet.
            }
            Assert.True(Stopwatch.GetElapsedTime(began) < HangTime, $"{node.Url} does not reach height {height}\n{node.Errors}");
            await Task.Delay(50, cancel);
        }
    }

    private string HomeOf(int number) => Path.Combine(_folder, $"node{number}");

    private string FileOf(int number) => Path.Combine(_folder, $"node{number}.json");
}
