using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Transactions;

namespace Chain.Client.Transactions;

/// <summary>
/// Finds out what became of a transaction. It ends with a definite answer as soon as there is one: in a block, or the
/// chain's time has passed valid_until without it, after which no block may carry it.
/// </summary>
public sealed class TransactionWaiter(ChainClient client, TimeProvider clock)
{
    private static readonly TimeSpan PollShortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PollLongest = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Sends a transaction and waits until it took effect. Throws <see cref="ClientException"/> when the node refuses it, when it fails in
    /// its block, expires, or is still pending after the patience.
    /// </summary>
    public async Task<SentTransaction> SendAsync(SignedTransaction transaction, TimeSpan patience, CancellationToken cancel)
    {
        (await client.BroadcastAsync(transaction.Bytes, cancel)).EnsureAccepted();
        return (await WaitAsync(transaction.Id, transaction.Body.ValidUntil, patience, cancel)).EnsureIncluded();
    }

    /// <summary>
    /// Returns what became of a transaction; one that failed in its block is <see cref="TransactionFate.Rejected"/>, and no exception:
    /// <see cref="SentTransaction.EnsureIncluded"/> makes it one.
    /// </summary>
    /// <param name="validUntil">The transaction's own deadline, unix seconds; null when it is not known.</param>
    /// <param name="patience">How long to wait before answering <see cref="TransactionFate.StillPending"/>.</param>
    public async Task<SentTransaction> WaitAsync(Hash256 id, ulong? validUntil, TimeSpan patience, CancellationToken cancel)
    {
        long start = clock.GetTimestamp();
        TimeSpan pause = PollShortest;
        while (true)
        {
            // The status first: a block that passed the deadline before we looked for the transaction settles the matter.
            NodeStatus status = await client.StatusAsync(cancel);
            SentTransaction? found = await client.FindTransactionAsync(id, cancel);
            if (found is not null) return found;
            if (validUntil is { } deadline && HasPassed(status, deadline)) return Without(id, TransactionFate.Expired);
            if (clock.GetElapsedTime(start) >= patience) return Without(id, TransactionFate.StillPending);
            await Task.Delay(pause, clock, cancel);
            pause = pause * 2 < PollLongest ? pause * 2 : PollLongest;
        }
    }

    /// <summary>
    /// Waits until the state after a block can be proven, which takes the header of the next one. A block with transactions is
    /// followed by another at once, so this is short; a node that stands still is given up after the patience.
    /// </summary>
    public async Task UntilProvableAsync(Height height, TimeSpan patience, CancellationToken cancel)
    {
        long start = clock.GetTimestamp();
        while ((await client.StatusAsync(cancel)).LatestHeight <= height && clock.GetElapsedTime(start) < patience)
        {
            await Task.Delay(PollShortest, clock, cancel);
        }
    }

    private static bool HasPassed(NodeStatus status, ulong deadline) =>
        !status.IsCatchingUp && status.LatestTime.Seconds >= 0 && (ulong)status.LatestTime.Seconds > deadline;

    private static SentTransaction Without(Hash256 id, TransactionFate fate) => new(id, fate, new Height(0), 0, null);
}
