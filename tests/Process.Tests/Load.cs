using System;
using System.Collections.Generic;
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

namespace Chain.Process.Tests;

/// <summary>Sends transfers, each in its own lane, until the node is gone; remembers which ones it was told are in a block.</summary>
internal sealed class Load(PrivateKey sender, Address recipient)
{
    private const int Lanes = 4;

    private readonly List<Hash256> _acknowledged = [];

    /// <summary>Transactions that the node reported as included.</summary>
    public IReadOnlyList<Hash256> Acknowledged
    {
        get
        {
            lock (_acknowledged) return [.. _acknowledged];
        }
    }

    public string LastError { get; private set; } = "";

    /// <summary>Ends when the node no longer answers, or when cancelled.</summary>
    public Task RunAsync(string url, CancellationToken cancel)
    {
        Task[] lanes = new Task[Lanes];
        for (byte lane = 0; lane < Lanes; lane++) lanes[lane] = RunLaneAsync(url, lane, cancel);
        return Task.WhenAll(lanes);
    }

    private async Task RunLaneAsync(string url, byte lane, CancellationToken cancel)
    {
        using ChainClient client = new(url);
        TransactionBuilder builder = new(client, TimeProvider.System);
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                SignedTransaction transaction = await builder.BuildAsync(
                    sender, [new Transfer(recipient, 1, default)], new TransactionOptions { Lane = lane }, cancel);
                SentTransaction outcome = await client.BroadcastCommitAsync(transaction.Bytes, cancel);
                if (outcome.Fate != TransactionFate.Included) continue;
                lock (_acknowledged) _acknowledged.Add(transaction.Id);
            }
        }
        catch (Exception e) when (e is ClientException or OperationCanceledException)
        {
            // The node was killed under us, or the test is over; a test that sees no progress shows this.
            LastError = e.Message;
        }
    }
}
