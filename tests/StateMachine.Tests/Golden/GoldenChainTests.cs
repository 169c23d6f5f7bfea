using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.StateMachine.Tests.Golden;

/// <summary>
/// A fixed chain of signed transactions and what it must hash to, on every machine and for ever: another value here means
/// that nodes of the old and of the new program would part ways.
/// </summary>
/// <remarks>
/// While no chain has been launched the values may follow a deliberate change: put in what the failing test prints, and say in
/// the commit message what changed. Afterwards such a change needs a new application version, and these values stay.
/// </remarks>
public sealed class GoldenChainTests : IDisposable
{
    private const string GenesisAppHash = "ED81D2408DFA62156E2E5F6B781343EF0909B8FE8ED91CE443011272B89B9407";
    private const string FinalAppHash = "5E82D2F08CD165CA9FD4781FF374B78092A2B0D2BF31C56792A90DFD58555E64";

    /// <summary>SHA-256 over the app hash and results hash of every block, in order.</summary>
    private const string EveryBlock = "6A994A2762EBD28ED64B2D86B1B79391CE51807F02B2E3FDD8813BC62C6EF055";

    private readonly TestChain _chain = new();
    private readonly MemoryStore _store = new();
    private Hash256 _appHash;
    private Hash256 _everyBlock;

    [Fact]
    public void Fixed_transactions_give_the_golden_hashes()
    {
        GenesisState genesis = GenesisState.Build(_chain.Genesis);
        _appHash = Commit(genesis.Height, genesis.Changes);
        Hash256 genesisAppHash = _appHash;

        PlayStory();

        string[] golden = [GenesisAppHash, FinalAppHash, EveryBlock];
        string[] actual = [genesisAppHash.ToString(), _appHash.ToString(), _everyBlock.ToString()];
        Assert.True(golden.AsSpan().SequenceEqual(actual), $"genesis, final, every block:\n{string.Join('\n', actual)}");
        Assert.True(_chain.HeldInAll() == 0);
    }

    public void Dispose() => _store.Dispose();

    private void PlayStory()
    {
        const ulong Credit = TestGenesis.Credit;
        const ulong Rate = 50_000_000;
        Address bob = TestKeys.AddressOf("bob");
        Play("alice", new Transfer(TestKeys.AddressOf("erin"), 12 * Credit, Hash(1)), new Transfer(bob, 1, default));
        foreach (string name in (string[])["bob", "carol"])
        {
            Play(name, new Register(Role.Provider, 200 * Credit, "", Hash(2), [new ClassCapacity(ResourceClass.CpuMilli, 8000)], "eu", [], 1));
        }
        Play("carol", new Stake(Role.Provider, StakeAction.Bond, 5 * Credit));
        MarketTime now = MarketClock.At(_chain.State, _chain.Time);
        Play("auditor", new Attest(
            new AttestationClaim(AttestationSchema.Hardware, bob, default, Hash(3), Hash(4), now, now + 1000), Credit));
        Play("alice", Order());
        Play("bob", new PlaceBid(1, Rate, 10_000_000, 5));
        Play("carol", new PlaceBid(1, Rate + 1, 10_000_000, 5));
        Play("carol", new WithdrawBid(1));
        Play("alice", new AcceptBid(1, bob));
        Play("alice", new StartLease(1, default, default));
        Play("bob", new StartLease(1, Hash(5), Hash(6)));
        Play("dave", new Deposit(DepositTarget.Lease, 1, Credit));
        Pass(20);
        Play("dave", new SettleLeases([1]));
        Play("bob", new Withdraw(1, 0));
        Assert.NotEqual(ResultCode.Ok, Run("frank", new Transfer(bob, ulong.MaxValue, default))); // and pays its fee
        Play("alice", new CloseLease(1, CloseReason.Done, CloseMode.Now));
        Play("alice", new WriteReview(1, ReviewAction.Rate, new Stars(5, 5, 4), Hash(7)));
        Play("bob", new WriteReview(1, ReviewAction.Rate, new Stars(4, 5, 5), Hash(8)));
        Play("grace", Order());
        Play("grace", new CancelOrder(2));
        Pass(4000);
    }

    private static OpenOrder Order() => new(new OrderTerms(
        Hash(9), Hash(10), new OrderNeeds(new ResourceVector(2000), [], [], []), Replicas: 1, RateMax: 60_000_000,
        Deposit: 10_000_000, PrepaidSeconds: 60, MinTermSeconds: 10, NoticeSeconds: 5, OpenSeconds: 300));

    private static Hash256 Hash(byte number) => MarketWorld.HashOf(number);

    private void Play(string sender, params IReadOnlyList<Message> messages) => Assert.Equal(ResultCode.Ok, Run(sender, messages));

    private ResultCode Run(string sender, params IReadOnlyList<Message> messages)
    {
        BlockOutcome outcome = _chain.Run(1000, _chain.Sign(sender, messages));
        Follow(outcome);
        return outcome.Results[0].Code;
    }

    private void Pass(int seconds)
    {
        for (int passed = 0; passed < seconds; passed += 50) Follow(_chain.Run(50_000));
    }

    private void Follow(BlockOutcome outcome)
    {
        _appHash = Commit(new Height(_chain.Height), outcome.Changes);
        List<DeterministicResult> results = [];
        foreach (TransactionOutcome result in outcome.Results) results.Add(result.Deterministic);
        _everyBlock = Sha256.Hash(_everyBlock.Span, _appHash.Span, DeterministicResult.HashOf(results).Span);
    }

    private Hash256 Commit(Height height, IEnumerable<KeyValuePair<StateKey, byte[]?>> changes)
    {
        WriteBatch batch = new();
        Hash256 appHash = new StateStore(_store).Prepare(height, changes, batch);
        _store.Write(batch, sync: true);
        return appHash;
    }
}
