using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Tests.Transactions;
using Chain.StateMachine.Transactions;
using Chain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Execution;

/// <summary>Laws over random lives of a chain (marketplace.md 5.6: P1, P2, P3, P24).</summary>
public sealed class RandomBlocksTests
{
    private const int LivesCount = 1000;

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

    /// <summary>A chain with an open order, an offer and a running lease; every life begins on a copy.</summary>
    private static TestChain Begun { get; } = Begin();

    [Fact]
    public void Credits_are_conserved_after_every_transaction_and_no_amount_is_below_zero()
    {
        PropertyCheck.Holds(
            Lives,
            life =>
            {
                TestChain chain = new(Begun);
                foreach (Step step in life)
                {
                    List<SignedTransaction> transactions = SignAll(chain, step);
                    // The executor stops on a block that makes or loses credits; every beginning of this one is such a block.
                    for (int count = 0; count < transactions.Count; count++) chain.Preview(step.Seconds * 1000L, transactions[..count]);
                    chain.Run(step.Seconds * 1000L, transactions);
                    CheckAmounts(chain);
                }
            },
            LivesCount);
    }

    [Fact]
    public void Failed_transactions_change_nothing_but_fee_and_sequence()
    {
        int failed = 0;
        PropertyCheck.Holds(
            Lives,
            life =>
            {
                TestChain chain = new(Begun);
                foreach (Step step in life)
                {
                    foreach (Request request in step.Requests)
                    {
                        if (FailsCleanly(chain, request)) failed++;
                    }
                }
            },
            LivesCount);
        Assert.True(failed > LivesCount, $"only {failed} transactions failed");
    }

    /// <summary>One chain hashes block by block, the other all at once at the end, as after an export and an import.</summary>
    [Fact]
    public void Same_blocks_give_the_same_results_and_app_hash_and_export_and_import_keep_it()
    {
        PropertyCheck.Holds(
            Lives,
            life =>
            {
                TestChain one = new(Begun);
                TestChain other = new(Begun);
                using MemoryStore database = new();
                StateStore stepwise = new(database);
                Hash256 appHash = Commit(database, stepwise, one.Height, Pairs(one.State.All));
                foreach (Step step in life)
                {
                    List<SignedTransaction> transactions = SignAll(one, step);
                    BlockOutcome first = one.Run(step.Seconds * 1000L, transactions);
                    AssertSame(first, other.Run(step.Seconds * 1000L, transactions));
                    appHash = Commit(database, stepwise, one.Height, first.Changes);
                }
                using MemoryStore imported = new();
                StateStore atOnce = new(imported);
                Assert.Equal(appHash, Commit(imported, atOnce, other.Height, Pairs(other.State.All)));
                AssertSame(one.Preview(1000), BlockExecutor.Execute(atOnce, other.Input(other.Time.AddMs(1000))));
            },
            LivesCount);
    }

    /// <summary>
    /// Plays a transaction alone in a block, and the same block without it on a copy. True when the transaction failed; then
    /// the two states differ in the fee, the sequence and what the block itself keeps of fees and events.
    /// </summary>
    private static bool FailsCleanly(TestChain chain, Request request)
    {
        SignedTransaction transaction = Sign(chain, request);
        TestChain without = new(chain);
        without.Run(1000);
        TransactionOutcome result = chain.Run(1000, transaction).Results[0];
        if (result.Code == ResultCode.Ok) return false;

        PoolBalances poolsBefore = Pools.Load(without.State);
        PoolBalances pools = Pools.Load(chain.State);
        ulong fee = pools.Burned + pools.Treasury + pools.ValidatorRewards
            - poolsBefore.Burned - poolsBefore.Treasury - poolsBefore.ValidatorRewards;
        Assert.Equal((poolsBefore.Reliability, poolsBefore.Minted), (pools.Reliability, pools.Minted));
        Assert.Equal(result.GasUsed > 0, fee > 0);
        Account before = without.Account(request.Sender);
        Account after = chain.Account(request.Sender);
        bool isPayer = fee == 0 || result.Events[0].Attributes[0].Value == transaction.Body.Sender.ToString();
        Account expected = fee > 0
            ? (before with { Balance = before.Balance - (isPayer ? fee : 0), Key = transaction.PublicKey })
                .WithNextSequence(request.Lane, transaction.Body.Sequence + 1)
            : before;
        // An account that the fee emptied also notes when, for the queue that forgets it.
        if (fee > 0 && expected.Balance == 0) expected = expected with { EmptiedAt = after.EmptiedAt };
        Assert.Equal(Hex.Lower(expected.Encode()), Hex.Lower(after.Encode()));
        foreach (StateKey key in without.State.All.Keys.Union(chain.State.All.Keys))
        {
            bool isSame = Same(without.State.All.GetValueOrDefault(key), chain.State.All.GetValueOrDefault(key));
            Assert.True(isSame || IsBookkeeping(key, transaction, fee), $"{result.Code} changed {Hex.Lower(key.Bytes)}");
        }
        return true;
    }

    /// <summary>
    /// The sender, a granter that pays its fee and what its grant has spent, and the pools, where it paid; the fee market, the
    /// event range, the queue that forgets emptied accounts.
    /// </summary>
    private static bool IsBookkeeping(StateKey key, SignedTransaction transaction, ulong fee) => key.Store == StoreId.Market
        ? fee > 0 && (key.Bytes.SequenceEqual(Schema.Key(Schema.Account, transaction.Body.Sender))
            || (transaction.Body.Granter is { } granter && (key.Bytes.SequenceEqual(Schema.Key(Schema.Account, granter))
                || key.Bytes.SequenceEqual(GrantStore.Key(granter, transaction.Body.Sender))))
            || key.Bytes[0] == Schema.Pools
            || (key.Bytes[0] == Schema.TimedQueue && key.Bytes[9] == (byte)TimedKind.AccountExpiry))
        : key.Bytes[0] is Schema.FeeMarket or Schema.EventRange;

    private static void CheckAmounts(TestChain chain)
    {
        Int128 minted = Pools.Load(chain.State).Minted;
        Int128 sum = 0;
        foreach ((StateKey key, byte[] value) in chain.State.All)
        {
            Int128 held = Schema.Find(key.Store, key.Bytes)!.Held(value);
            bool isPools = key.Store == StoreId.Market && key.Bytes[0] == Schema.Pools;
            Assert.True(isPools || (held >= 0 && held <= minted), $"{Hex.Lower(key.Bytes)} holds {held} ncredit");
            sum += held;
            if (key.Store != StoreId.Market || key.Bytes[0] != Schema.Provider) continue;
            Assert.True(Provider.TryDecode(value, out Provider provider, out _) && provider.Locked <= provider.Bonded);
        }
        Assert.Equal(0, sum);
    }

    private static void AssertSame(BlockOutcome first, BlockOutcome second)
    {
        Assert.Equal(first.Changes.Select(change => change.Key), second.Changes.Select(change => change.Key));
        Assert.All(first.Changes.Zip(second.Changes), pair => Assert.True(Same(pair.First.Value, pair.Second.Value)));
        Assert.Equal(
            DeterministicResult.HashOf([.. first.Results.Select(result => result.Deterministic)]),
            DeterministicResult.HashOf([.. second.Results.Select(result => result.Deterministic)]));
    }

    private static Hash256 Commit(
        MemoryStore database, StateStore state, long height, IEnumerable<KeyValuePair<StateKey, byte[]?>> changes)
    {
        WriteBatch batch = new();
        Hash256 appHash = state.Prepare(new Height(height), changes, batch);
        database.Write(batch, sync: false);
        return appHash;
    }

    private static IEnumerable<KeyValuePair<StateKey, byte[]?>> Pairs(IEnumerable<KeyValuePair<StateKey, byte[]>> all) =>
        all.Select(pair => new KeyValuePair<StateKey, byte[]?>(pair.Key, pair.Value));

    private static TestChain Begin()
    {
        TestChain chain = new();
        Address provider = TestKeys.AddressOf("provider");
        (string Sender, Message Message)[] story =
        [
            ("alice", new OpenOrder(MarketWorld.Terms(prepaid: 60))),
            ("provider", MarketWorld.BidOn(1)),
            ("alice", new AcceptBid(1, provider)),
            ("alice", new StartLease(1, default, default)),
            ("provider", new StartLease(1, MarketWorld.HashOf(7), MarketWorld.HashOf(8))),
            ("alice", new OpenOrder(MarketWorld.Terms())),
            ("provider", MarketWorld.BidOn(2)),
            ("provider", ChangeOffer.Post(MarketWorld.OfferOf(), 60)),
        ];
        foreach ((string sender, Message message) in story) Assert.Equal(ResultCode.Ok, chain.RunOne(sender, message).Code);
        return chain;
    }

    private static List<SignedTransaction> SignAll(TestChain chain, Step step) =>
        step.Requests.ConvertAll(request => Sign(chain, request));

    private static SignedTransaction Sign(TestChain chain, Request request) =>
        chain.Sign(request.Sender, request.Messages, request.Lane, request.Ahead, tip: request.Tip, granter: request.Granter);

    private static bool Same(byte[]? left, byte[]? right) =>
        left is null || right is null ? left is null && right is null : left.AsSpan().SequenceEqual(right);

    private sealed record Request(string Sender, List<Message> Messages, byte Lane, ulong Ahead, ulong Tip, string? Granter);

    private sealed record Step(int Seconds, List<Request> Requests);
}
