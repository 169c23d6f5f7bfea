using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.Transactions;
using Chain.Node.Hosting;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;

namespace Chain.Process.Tests.Network;

/// <summary>
/// A network of real processes. Nodes from <c>validators</c> on follow the same genesis without a seat; they know everybody, and the
/// first validators know of no newcomer.
/// </summary>
internal sealed class TestNetwork : IDisposable
{
    public const int RpcPort = 26657;

    public const int MetricsPort = 26660;

    public const int PeerPort = 26656;

    /// <summary>Who waits longer for anything to move hangs. Generous, since other tests may have the cores.</summary>
    private static readonly TimeSpan HangTime = TimeSpan.FromSeconds(150);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "chain-network-" + Guid.NewGuid().ToString("N"));
    private readonly IWiring _wiring;
    private readonly ITestOutputHelper _output;
    private readonly Action<int, NodeConfig> _configure;

    /// <param name="homeOf">Where a node's home lies; null for the usual place.</param>
    /// <param name="configure">Changes the configuration of a node.</param>
    /// <param name="accounts">Further accounts with riches.</param>
    /// <param name="wiring">How they reach each other, for as many nodes; null for silent proxies. Ends with this object.</param>
    /// <param name="strangers">So many accounts more, whose keys nobody has: a state of some size.</param>
    public TestNetwork(
        ITestOutputHelper output,
        int nodes = 4,
        int? validators = null,
        Func<int, string?>? homeOf = null,
        Parameters? parameters = null,
        Action<int, NodeConfig>? configure = null,
        IReadOnlyList<PrivateKey>? accounts = null,
        IWiring? wiring = null,
        int strangers = 0)
    {
        _output = output;
        _configure = configure ?? (static (_, _) => { });
        _wiring = wiring ?? new ProxyWiring(nodes);
        Validators = validators ?? nodes;
        List<NetworkNode> all = [];
        for (int i = 0; i < nodes; i++)
        {
            NodeHome home = new(homeOf?.Invoke(i) ?? Path.Combine(_folder, $"node{i}"));
            PrivateKey account = PrivateKey.FromSeed(Sha256.Hash([7, (byte)i]).Span);
            GenesisMember member = NodeInit.MakeKeys(home, account.PublicKey.Address, $"node{i}");
            all.Add(new NetworkNode(i, home, _wiring.HostOf(i), _wiring.CommandPrefixOf(i), member, account));
        }
        Nodes = all;
        InitOptions options = new(
            "network-1",
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            new NodeConfig(),
            parameters ?? Parameters.Devnet,
            default,
            [.. all.Select(node => node.Operator).Concat(accounts ?? []).Select(static key => new GenesisAccount(key.PublicKey.Address, TestHome.Riches))
                .Concat(Enumerable.Range(0, strangers).Select(Stranger))],
            []);
        options = options with { Genesis = NetworkGenesis.Of(options, [.. all.Take(Validators).Select(node => node.Member)]) };
        foreach (NetworkNode node in all) NodeInit.Run(node.Home, options with { Config = ConfigOf(node) });
    }

    public IReadOnlyList<NetworkNode> Nodes { get; }

    /// <summary>The first so many have a seat in the genesis.</summary>
    public int Validators { get; }

    public IEnumerable<NetworkNode> Running => Nodes.Where(node => node.IsRunning);

    public async Task StartAsync(CancellationToken cancel, params IEnumerable<int> numbers)
    {
        int[] which = [.. numbers];
        if (which.Length == 0) which = [.. Enumerable.Range(0, Nodes.Count)];
        await Task.WhenAll(which.Select(number => Nodes[number].StartAsync(cancel)));
    }

    /// <summary>Stops all that run; each must end as asked.</summary>
    public async Task StopAsync()
    {
        int[] statuses = await Task.WhenAll(Running.ToList().Select(node => node.StopAsync()));
        Check(statuses.All(status => status == 0), $"exit statuses {string.Join(", ", statuses)}");
    }

    /// <summary>
    /// Waits until a node stands at a height, as long as it gets on: each turn of a proposer that is missing costs the timeouts of a
    /// round, 1.5 s here, so many blocks take long and nothing hangs.
    /// </summary>
    public async Task ReachAsync(NetworkNode node, Height height, CancellationToken cancel)
    {
        Height at = default;
        while (at < height)
        {
            Height before = at;
            await UntilAsync(
                async () => (at = await node.HeightAsync(cancel)) > before || at >= height,
                $"node {node.Number} goes on from {before} to height {height}",
                cancel);
        }
    }

    /// <summary>Waits until every running node made so many more blocks.</summary>
    public async Task AdvanceAsync(int blocks, CancellationToken cancel)
    {
        Height height = await TallestAsync(cancel);
        foreach (NetworkNode node in Running.ToList()) await ReachAsync(node, new Height(height.Value + blocks), cancel);
    }

    /// <summary>The highest block of any running node.</summary>
    public async Task<Height> TallestAsync(CancellationToken cancel)
    {
        Height[] heights = await Task.WhenAll(Running.Select(node => node.HeightAsync(cancel)));
        return heights.Max();
    }

    /// <summary>Sends a transaction of a node's operator to some node, and waits until it has taken effect.</summary>
    public async Task SendAsync(NetworkNode sender, NetworkNode to, Message message, CancellationToken cancel)
    {
        TransactionBuilder builder = new(to.Client, TimeProvider.System);
        TransactionOptions options = new() { Lane = NetworkLoad.Lanes };
        SignedTransaction transaction = await builder.BuildAsync(sender.Operator, [message], options, cancel);
        SentTransaction outcome = await to.Client.BroadcastCommitAsync(transaction.Bytes, cancel);
        Check(outcome.Fate == TransactionFate.Included,
            $"{message.Kind} of operator {sender.Number}: {outcome.Fate}, code {outcome.Result?.Code} {outcome.Result?.Log}");
    }

    /// <summary>Waits until something holds; a node that does not answer yet is no failure.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds, string what, CancellationToken cancel)
    {
        long began = Stopwatch.GetTimestamp();
        string last = "";
        while (true)
        {
            try
            {
                if (await holds()) return;
            }
            catch (ClientException e)
            {
                last = e.Message;
            }
            Check(Stopwatch.GetElapsedTime(began) < HangTime, $"hangs: {what} {last}");
            await Task.Delay(50, cancel);
        }
    }

    /// <summary>Fails the test, with what every node wrote.</summary>
    public void Check(bool holds, string what)
    {
        if (holds) return;
        foreach (NetworkNode node in Nodes)
        {
            string[] lines = node.Errors.Split('\n');
            _output.WriteLine($"=== node {node.Number}, {(node.IsRunning ? "running" : "not running")}\n"
                + string.Join('\n', lines[Math.Max(0, lines.Length - 40)..]));
        }
        Assert.Fail(what);
    }

    public void Dispose()
    {
        foreach (NetworkNode node in Nodes) node.Dispose();
        _wiring.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private static GenesisAccount Stranger(int number) =>
        new(Address.From(Sha256.Hash(BitConverter.GetBytes(number)).Span[..Address.Size]), 1);

    private NodeConfig ConfigOf(NetworkNode node)
    {
        List<string> peers = [];
        foreach (NetworkNode other in Nodes)
        {
            bool isKnown = other != node && (other.Number < Validators || node.Number >= Validators);
            if (!isKnown) continue;
            peers.Add($"{Hex.Lower(other.Member.NodeKey.Address.Span)}@{_wiring.DialAddress(node.Number, other.Number)}");
        }
        NodeConfig config = new()
        {
            Moniker = node.Member.Moniker,
            PeerAddress = _wiring.PeerAddressOf(node.Number),
            RpcAddress = $"{node.Host}:{RpcPort}",
            MetricsAddress = $"{node.Host}:{MetricsPort}",
            Peers = peers,
        };
        _configure(node.Number, config);
        return config;
    }
}
