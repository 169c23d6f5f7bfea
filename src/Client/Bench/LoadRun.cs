using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Client.Bench;

/// <summary>
/// Loads nodes with transfers and follows the blocks to see when each is in. Every account has its sixteen lanes in flight, so that
/// many transactions wait at once without waiting for each other.
/// </summary>
/// <param name="clients">The nodes; the connections are dealt out among them, blocks are read from the first.</param>
public sealed class LoadRun(IReadOnlyList<ChainClient> clients, LoadOptions options)
{
    private const ulong MaxFee = 1_000_000_000;

    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Often where latency counts, seldom where the nodes need every core.</summary>
    private readonly Inclusions _inclusions = new(clients[0], TimeSpan.FromMilliseconds(options.RatePerSecond > 0 ? 1 : 10));

    /// <summary>Runs to the end. The accounts must hold credits for their fees.</summary>
    /// <param name="onMeasure">Called when the warm-up is over.</param>
    public async Task<LoadReport> RunAsync(
        IReadOnlyList<PrivateKey> accounts, Func<CancellationToken, Task> onMeasure, CancellationToken cancel)
    {
        double verifies = VerifiesPerSecond(accounts[0]);
        NodeStatus status = await clients[0].StatusAsync(cancel);
        using CancellationTokenSource sending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using CancellationTokenSource watching = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task watcher = _inclusions.RunAsync(status.LatestHeight.Next, watching.Token);
        ulong validUntil = (ulong)(status.LatestTime.Seconds + options.WarmUp.TotalSeconds + options.Duration.TotalSeconds + 3_600);
        TransferMaker maker = new(status.ChainId, accounts[0].PublicKey.Address, validUntil);
        Task[] senders = new Task[options.Connections];
        for (int i = 0; i < senders.Length; i++)
        {
            senders[i] = SendAsync(clients[i % clients.Count], LanesOf(accounts, i), maker, sending.Token);
        }
        await Task.Delay(options.WarmUp, cancel);
        await onMeasure(cancel);
        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        _inclusions.Measure();
        sending.CancelAfter(options.Duration);
        await Task.WhenAll(senders);
        long transactions = _inclusions.Transactions;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double cpu = (Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds;
        await watching.CancelAsync();
        await watcher;
        return new LoadReport(transactions, seconds, _inclusions.Blocks, _inclusions.Percentiles(), verifies, cpu);
    }

    private List<LoadLane> LanesOf(IReadOnlyList<PrivateKey> accounts, int connection)
    {
        List<LoadLane> lanes = [];
        for (int i = connection; i < accounts.Count; i += options.Connections)
        {
            for (byte lane = 0; lane < Limits.LanesPerAccount; lane++) lanes.Add(new LoadLane(accounts[i], lane));
        }
        return lanes;
    }

    private async Task SendAsync(ChainClient client, List<LoadLane> lanes, TransferMaker maker, CancellationToken cancel)
    {
        Pace pace = new((double)options.RatePerSecond / options.Connections);
        int place = 0;
        while (!cancel.IsCancellationRequested)
        {
            int count = Math.Min(Math.Max(1, options.BatchSize), await pace.WaitAsync(cancel));
            Task nextBlock = _inclusions.NextBlock;
            List<(LoadLane Lane, SignedTransaction Transaction)> made = Make(lanes, ref place, count, maker);
            if (made.Count == 0)
            {
                await Task.WhenAny(nextBlock, Task.Delay(Timeout.Infinite, cancel));
                continue;
            }
            pace.Count(made.Count);
            IReadOnlyList<ResultCode> codes = await SubmitAsync(client, made);
            bool isRefused = false;
            for (int i = 0; i < codes.Count; i++)
            {
                // One that is there already was held while the one before it was refused.
                if (codes[i] is ResultCode.Ok or ResultCode.Duplicate) continue;
                isRefused = true;
                _inclusions.Refused(made[i].Transaction.Id);
                made[i].Lane.Next = Math.Min(made[i].Lane.Next, made[i].Transaction.Body.Sequence);
            }
            // A full mempool has room again after a block.
            if (isRefused) await Task.WhenAny(nextBlock, Task.Delay(RefusalPause, cancel));
        }
    }

    /// <summary>Signs up to so many, going round the lanes.</summary>
    private List<(LoadLane Lane, SignedTransaction Transaction)> Make(
        List<LoadLane> lanes, ref int place, int count, TransferMaker maker)
    {
        List<(LoadLane, SignedTransaction)> made = [];
        for (int full = 0; made.Count < count && full < lanes.Count; place = (place + 1) % lanes.Count)
        {
            LoadLane lane = lanes[place];
            full = lane.HasRoom ? 0 : full + 1;
            if (!lane.HasRoom) continue;
            SignedTransaction transaction = maker.Make(lane, MaxFee);
            lane.Next++;
            _inclusions.Sent(transaction.Id, lane);
            made.Add((lane, transaction));
        }
        return made;
    }

    private async Task<IReadOnlyList<ResultCode>> SubmitAsync(
        ChainClient client, List<(LoadLane Lane, SignedTransaction Transaction)> made)
    {
        if (options.BatchSize > 0)
        {
            return await client.BroadcastManyAsync(made.ConvertAll(static one => one.Transaction.Bytes), CancellationToken.None);
        }
        BroadcastAnswer answer = await client.BroadcastAsync(made[0].Transaction.Bytes, CancellationToken.None);
        return [(ResultCode)answer.Code];
    }

    /// <summary>The yardstick: how often one core verifies in a second.</summary>
    private static double VerifiesPerSecond(PrivateKey key)
    {
        byte[] message = new byte[200];
        Signature signature = key.Sign(message);
        long start = Stopwatch.GetTimestamp();
        int count = 0;
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(500))
        {
            Invariant.Holds(Ed25519.Verify(key.PublicKey, message, signature), "our own signature verifies");
            count++;
        }
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Makes the transfers of a load: one unit to the same recipient each.</summary>
    private sealed class TransferMaker(string chainId, Address recipient, ulong validUntil)
    {
        private readonly Message[] _messages = [new Transfer(recipient, 1, default)];

        public SignedTransaction Make(LoadLane lane, ulong maxFee) => SignedTransaction.Sign(
            new TransactionBody(chainId, lane.Key.PublicKey.Address, lane.Lane, lane.Next, maxFee, 0, validUntil, _messages, ""),
            lane.Key);
    }

    /// <summary>Lets a sender send so many a second, evenly; 0 for no limit.</summary>
    private sealed class Pace(double perSecond)
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private long _sent;

        /// <summary>Returns how many may be sent now, at least one.</summary>
        public async Task<int> WaitAsync(CancellationToken cancel)
        {
            if (perSecond <= 0) return int.MaxValue;
            while (true)
            {
                double due = (Stopwatch.GetElapsedTime(_start).TotalSeconds * perSecond) - _sent;
                if (due >= 1 || cancel.IsCancellationRequested) return Math.Max(1, (int)due);
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds((1 - due) / perSecond), cancel));
            }
        }

        public void Count(int sent) => _sent += sent;
    }
}
