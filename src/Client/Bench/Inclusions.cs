using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Client.Bench;

/// <summary>Follows the blocks of a chain to see when what was sent is in.</summary>
/// <param name="poll">Between two looks at the chain's height.</param>
internal sealed class Inclusions(ChainClient client, TimeSpan poll)
{
    private readonly ConcurrentDictionary<Hash256, (long SentAt, LoadLane Lane)> _waiting = new();
    private readonly List<double> _latenciesMs = [];
    private TaskCompletionSource _next = NewSource();
    private long _measureFrom = long.MaxValue;

    /// <summary>Blocks that carried transactions of ours since <see cref="Measure"/>.</summary>
    public long Blocks { get; private set; }

    /// <summary>Transactions of ours in them.</summary>
    public long Transactions => _latenciesMs.Count;

    /// <summary>Completes with the next block that carries one of ours.</summary>
    public Task NextBlock => Volatile.Read(ref _next).Task;

    /// <summary>Counts from now on.</summary>
    public void Measure() => Volatile.Write(ref _measureFrom, Stopwatch.GetTimestamp());

    public void Sent(in Hash256 id, LoadLane lane) => _waiting[id] = (Stopwatch.GetTimestamp(), lane);

    public void Refused(in Hash256 id) => _waiting.TryRemove(id, out _);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(Height next, CancellationToken cancel)
    {
        try
        {
            for (Height height = next; ;)
            {
                if ((await client.StatusAsync(cancel)).LatestHeight < height)
                {
                    await Task.Delay(poll, cancel);
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

    /// <summary>Milliseconds from sending to seeing the block: 50th, 90th, 99th percentile.</summary>
    public (double P50, double P90, double P99) Percentiles()
    {
        if (_latenciesMs.Count == 0) return default;
        double[] sorted = [.. _latenciesMs];
        Array.Sort(sorted);
        return (At(50), At(90), At(99));

        double At(int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }

    private void Count(JsonElement transactions)
    {
        if (transactions.ValueKind != JsonValueKind.Array || transactions.GetArrayLength() == 0) return;
        bool isMeasured = Stopwatch.GetTimestamp() >= Volatile.Read(ref _measureFrom);
        bool hasOurs = false;
        foreach (JsonElement transaction in transactions.EnumerateArray())
        {
            if (!_waiting.TryRemove(Sha256.Hash(transaction.GetBytesFromBase64()), out var sent)) continue;
            sent.Lane.CountIncluded();
            hasOurs = true;
            if (isMeasured) _latenciesMs.Add(Stopwatch.GetElapsedTime(sent.SentAt).TotalMilliseconds);
        }
        if (!hasOurs) return;
        if (isMeasured) Blocks++;
        Interlocked.Exchange(ref _next, NewSource()).SetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
