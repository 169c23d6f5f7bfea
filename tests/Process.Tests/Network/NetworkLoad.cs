using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.Transactions;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Process.Tests.Network;

/// <summary>
/// Sends transfers to every node of a network until it is stopped, whatever becomes of the nodes; remembers which transactions it
/// was told are in a block, and by whom.
/// </summary>
internal sealed class NetworkLoad : IAsyncDisposable
{
    /// <summary>Lanes of each operator that are used; the tests use those from this number on.</summary>
    public const byte Lanes = 2;

    /// <summary>Between two transactions of a lane: a steady load that leaves the cores time for the fault under test.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly Address Recipient = Address.From(Sha256.Hash([9]).Span[..Address.Size]);

    private readonly CancellationTokenSource _stop;
    private readonly List<Hash256>[] _acknowledged;
    private readonly Task _running;

    private NetworkLoad(TestNetwork network, CancellationToken cancel)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _acknowledged = [.. network.Nodes.Select(_ => new List<Hash256>())];
        List<Task> lanes = [];
        foreach (NetworkNode node in network.Nodes)
        {
            for (byte lane = 0; lane < Lanes; lane++) lanes.Add(RunLaneAsync(node, lane));
        }
        _running = Task.WhenAll(lanes);
    }

    /// <summary>Transactions that some node reported as included.</summary>
    public IReadOnlyList<Hash256> Acknowledged
    {
        get
        {
            lock (_acknowledged) return [.. _acknowledged.SelectMany(ids => ids)];
        }
    }

    public string LastError { get; private set; } = "";

    public static NetworkLoad Start(TestNetwork network, CancellationToken cancel) => new(network, cancel);

    /// <summary>How many transactions a node reported as included.</summary>
    public int CountOf(NetworkNode node)
    {
        lock (_acknowledged) return _acknowledged[node.Number].Count;
    }

    /// <summary>Waits until a node reported one more.</summary>
    public async Task FlowAsync(TestNetwork network, NetworkNode node, CancellationToken cancel)
    {
        int before = CountOf(node);
        await network.UntilAsync(
            () => Task.FromResult(CountOf(node) > before), $"node {node.Number} takes load; last error: {LastError}", cancel);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task RunLaneAsync(NetworkNode node, byte lane)
    {
        using ChainClient client = new(node.Url);
        TransactionBuilder builder = new(client, TimeProvider.System);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                SignedTransaction transaction = await builder.BuildAsync(
                    node.Operator, [new Transfer(Recipient, 1, default)], new TransactionOptions { Lane = lane }, _stop.Token);
                SentTransaction outcome = await client.BroadcastCommitAsync(transaction.Bytes, _stop.Token);
                if (outcome.Fate == TransactionFate.Included)
                {
                    lock (_acknowledged) _acknowledged[node.Number].Add(transaction.Id);
                }
                await Task.Delay(Pause, _stop.Token);
            }
            catch (ClientException e)
            {
                // The node is down, or waits for the others: it is asked again until the load is stopped.
                LastError = e.Message;
                await Task.Delay(Pause, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
