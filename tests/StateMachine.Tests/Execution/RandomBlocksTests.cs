using System;
using System.Collections.Generic;
using System.Linq;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Transactions;
using Chain.StateMachine.Transactions;
using Chain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Execution;

/// <summary>Laws over random lives of a chain (marketplace.md 5.6: P1, P2, P3, P24).</summary>
public sealed class RandomBlocksTests
{
    private static Gen<Request> Requests { get; } =
        from sender in RandomMessages.Name
        from messages in RandomMessages.Some
        from lane in Gen.Choose(0, 2)
        from ahead in Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        from tip in Gen.Choose(0, 1000)
        from granter in Gen.Frequency((3, Gen.Constant<string?>(null)), (1, RandomMessages.Name.Select(name => (string?)name)))
        select new Request(sender, messages, (byte)lane, (ulong)ahead, (ulong)tip, granter);

    private static Gen<List<Step>> Lives { get; } =
        from count in Gen.Choose(1, 12)
        from steps in (
            from seconds in Gen.Choose(0, 100)
            from size in Gen.Choose(0, 4)
            from requests in Requests.ListOf(size)
            select new Step(seconds, [.. requests])).ListOf(count)
        select new List<Step>(steps);

    [Fact]
    public void Credits_are_conserved_and_locked_stays_within_bonded()
    {
        PropertyCheck.Holds(Lives, life =>
        {
            TestChain chain = new();
            foreach (Step step in life)
            {
                Play(chain, step);
                if (chain.HeldInAll() != 0) return false;
            }
            return true;
        }, 100);
    }

    [Fact]
    public void Failed_transactions_change_nothing_but_fee_and_sequence()
    {
        PropertyCheck.Holds(Lives, life =>
        {
            TestChain chain = new();
            foreach (Step step in life)
            {
                foreach (Request request in step.Requests)
                {
                    if (!FailsCleanly(chain, request)) return false;
                }
            }
            return true;
        }, 100);
    }

    [Fact]
    public void Same_blocks_give_the_same_changes_and_results()
    {
        PropertyCheck.Holds(Lives, life =>
        {
            TestChain one = new();
            TestChain other = new();
            foreach (Step step in life)
            {
                BlockOutcome first = Play(one, step);
                BlockOutcome second = Play(other, step);
                bool sameChanges = first.Changes.Count == second.Changes.Count && first.Changes.Zip(second.Changes)
                    .All(pair => pair.First.Key == pair.Second.Key && Same(pair.First.Value, pair.Second.Value));
                bool sameResults = first.Results.Zip(second.Results)
                    .All(pair => pair.First.Deterministic.ToProto().SequenceEqual(pair.Second.Deterministic.ToProto()));
                if (!sameChanges || !sameResults) return false;
            }
            return true;
        }, 50);
    }

    /// <summary>Alone in a block, so that every changed key is this transaction's.</summary>
    private static bool FailsCleanly(TestChain chain, Request request)
    {
        SignedTransaction transaction = Sign(chain, request);
        Account before = chain.Account(request.Sender);
        ulong feesBefore = Fees(chain);
        BlockOutcome outcome = chain.Run(1000, transaction);
        TransactionOutcome result = outcome.Results[0];
        if (result.Code == ResultCode.Ok) return true;

        Account after = chain.Account(request.Sender);
        ulong fee = Fees(chain) - feesBefore;
        bool paid = result.GasUsed > 0;
        bool isPayer = !paid || result.Events[0].Attributes[0].Value == transaction.Body.Sender.ToString();
        Account expected = paid
            ? (before with { Balance = before.Balance - (isPayer ? fee : 0), Key = transaction.PublicKey })
                .WithNextSequence(request.Lane, transaction.Body.Sequence + 1)
            : before;
        bool isExpected = expected.Encode().AsSpan().SequenceEqual(after.Encode()) || after.Balance == 0;
        return isExpected && paid == (fee > 0) && outcome.Changes.All(change => IsBookkeeping(change.Key, transaction));
    }

    /// <summary>
    /// The sender, a granter that pays its fee and what its grant has spent, the pools, the fee market, the event range, the queue
    /// that forgets emptied accounts.
    /// </summary>
    private static bool IsBookkeeping(StateKey key, SignedTransaction transaction) => key.Store == StoreId.Market
        ? key.Bytes.SequenceEqual(Schema.Key(Schema.Account, transaction.Body.Sender))
            || (transaction.Body.Granter is { } granter && (key.Bytes.SequenceEqual(Schema.Key(Schema.Account, granter))
                || key.Bytes.SequenceEqual(GrantStore.Key(granter, transaction.Body.Sender))))
            || key.Bytes[0] is Schema.Pools or Schema.TimedQueue
        : key.Bytes[0] is Schema.FeeMarket or Schema.EventRange;

    private static ulong Fees(TestChain chain)
    {
        Core.PoolBalances pools = Core.Pools.Load(chain.State);
        return pools.Burned + pools.Treasury + pools.ValidatorRewards;
    }

    private static BlockOutcome Play(TestChain chain, Step step)
    {
        List<SignedTransaction> transactions = [];
        foreach (Request request in step.Requests) transactions.Add(Sign(chain, request));
        return chain.Run(step.Seconds * 1000L, transactions);
    }

    private static SignedTransaction Sign(TestChain chain, Request request) =>
        chain.Sign(request.Sender, request.Messages, request.Lane, request.Ahead, tip: request.Tip, granter: request.Granter);

    private static bool Same(byte[]? left, byte[]? right) =>
        left is null || right is null ? left is null && right is null : left.AsSpan().SequenceEqual(right);

    private sealed record Request(string Sender, List<Message> Messages, byte Lane, ulong Ahead, ulong Tip, string? Granter);

    private sealed record Step(int Seconds, List<Request> Requests);
}
