using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Client.Bench;

/// <summary>
/// Loads a node with transfers, one JSON-RPC call each, and follows the blocks to see when each is in. Every account has its
/// sixteen lanes in flight, so that many transactions wait at once without waiting for each other.
/// </summary>
public sealed class LoadRun(ChainClient client, int connections)
{
    private const ulong MaxFee = 1_000_000_000;
    private static readonly TimeSpan BlockPoll = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentDictionary<Hash256, (long SentAt, LoadLane Lane)> _waiting = new();
    private readonly List<double> _latenciesMs = [];
    private long _blocks;

    /// <summary>Runs for a time. The accounts must hold credits for their fees.</summary>
    public async Task<BenchReport> RunAsync(IReadOnlyList<PrivateKey> accounts, TimeSpan duration, CancellationToken cancel)
    {
        double verifies = VerifiesPerSecond(accounts[0]);
        NodeStatus status = await client.StatusAsync(cancel);
        using CancellationTokenSource sending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using CancellationTokenSource watching = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        Task watcher = WatchAsync(status.LatestHeight.Next, watching.Token);
        sending.CancelAfter(duration);
        ulong validUntil = (ulong)status.LatestTime.Seconds + (ulong)duration.TotalSeconds + 3_600;
        Task[] senders = new Task[connections];
        for (int i = 0; i < connections; i++)
        {
            senders[i] = SendAsync(LanesOf(accounts, i), status.ChainId, accounts[0].PublicKey.Address, validUntil, sending.Token);
        }
        await Task.WhenAll(senders);
        long transactions = _latenciesMs.Count;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double cpu = (Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds;
        await watching.CancelAsync();
        await watcher;
        return new BenchReport(transactions, seconds, _blocks, Percentiles(), verifies, cpu);
    }

    private List<LoadLane> LanesOf(IReadOnlyList<PrivateKey> accounts, int connection)
    {
        List<LoadLane> lanes = [];
        for (int i = connection; i < accounts.Count; i += connections)
        {
            for (byte lane = 0; lane < Limits.LanesPerAccount; lane++) lanes.Add(new LoadLane(accounts[i], lane));
        }
        return lanes;
    }

    private async Task SendAsync(
        List<LoadLane> lanes, string chainId, Address recipient, ulong validUntil, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            bool sent = false;
            foreach (LoadLane lane in lanes)
            {
                if (cancel.IsCancellationRequested) return;
                if (lane.Next - lane.Included >= Limits.SequenceGapMax) continue;
                TransactionBody body = new(
                    chainId, lane.Key.PublicKey.Address, lane.Lane, lane.Next, MaxFee, 0, validUntil, [new Transfer(recipient, 1, default)], "");
                SignedTransaction transaction = SignedTransaction.Sign(body, lane.Key);
                _waiting[transaction.Id] = (Stopwatch.GetTimestamp(), lane);
                BroadcastAnswer answer = await client.BroadcastAsync(transaction.Bytes, CancellationToken.None);
                if (answer.Code == (uint)ResultCode.Ok)
                {
                    lane.Next++;
                    sent = true;
                    continue;
                }
                _waiting.TryRemove(transaction.Id, out _);
            }
            if (!sent) await Task.Delay(RetryPause, CancellationToken.None);
        }
    }

    private async Task WatchAsync(Height next, CancellationToken cancel)
    {
        try
        {
            for (Height height = next; ;)
            {
                if ((await client.StatusAsync(cancel)).LatestHeight < height)
                {
                    await Task.Delay(BlockPoll, cancel);
                    continue;
                }
                JsonElement block = await client.CallAsync("block", new JsonObject { ["height"] = height.ToString() }, cancel);
                Count(block.GetProperty("block").GetProperty("data").GetProperty("txs"));
                height = height.Next;
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private void Count(JsonElement transactions)
    {
        if (transactions.ValueKind != JsonValueKind.Array || transactions.GetArrayLength() == 0) return;
        _blocks++;
        foreach (JsonElement transaction in transactions.EnumerateArray())
        {
            if (!_waiting.TryRemove(Sha256.Hash(transaction.GetBytesFromBase64()), out var sent)) continue;
            sent.Lane.Included++;
            _latenciesMs.Add(Stopwatch.GetElapsedTime(sent.SentAt).TotalMilliseconds);
        }
    }

    private (double P50, double P90, double P99) Percentiles()
    {
        if (_latenciesMs.Count == 0) return default;
        double[] sorted = [.. _latenciesMs];
        Array.Sort(sorted);
        return (At(50), At(90), At(99));

        double At(int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }

    /// <summary>The yardstick: how often one core verifies in a second.</summary>
    private static double VerifiesPerSecond(PrivateKey key)
    {
        byte[] message = new byte[200];
        Signature signature = key.Sign(message);
        long start = Stopwatch.GetTimestamp();
        int count = 0;
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(300))
        {
            Invariant.Holds(Ed25519.Verify(key.PublicKey, message, signature), "our own signature verifies");
            count++;
        }
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
