using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Tests.Execution;

/// <summary>A chain without consensus: makes blocks, executes and commits them in memory.</summary>
internal sealed class TestChain
{
    public const ulong FeeMax = 1_000_000_000;

    public TestChain(GenesisDocument? genesis = null)
    {
        Genesis = genesis ?? TestGenesis.Document();
        State.Apply(GenesisState.Build(Genesis).Changes);
        Height = Genesis.InitialHeight - 1;
        Time = Genesis.GenesisTime;
    }

    /// <summary>A chain that goes on from where another stands now.</summary>
    public TestChain(TestChain other)
    {
        Genesis = other.Genesis;
        State = new MemoryState(other.State);
        Height = other.Height;
        Time = other.Time;
    }

    public GenesisDocument Genesis { get; }

    public MemoryState State { get; } = new();

    public long Height { get; private set; }

    public Timestamp Time { get; private set; }

    public Account Account(string name) => Ledger.Load(State, TestKeys.AddressOf(name));

    public ulong Balance(string name) => Account(name).Balance;

    /// <summary>A transaction with the sender's next sequence; gaps are counted from there.</summary>
    public SignedTransaction Sign(
        string sender, IReadOnlyList<Message> messages, byte lane = 0, ulong ahead = 0, ulong feeMax = FeeMax, ulong tip = 0,
        string? keyName = null, string? granter = null)
    {
        using PrivateKey key = TestKeys.Of(keyName ?? sender);
        ulong sequence = Account(sender).NextSequence(lane) + ahead;
        ulong validUntil = (ulong)Time.Seconds + 3600;
        return SignedTransaction.Sign(
            new TransactionBody(
                Genesis.ChainId, TestKeys.AddressOf(sender), lane, sequence, feeMax, tip, validUntil, messages, "")
            {
                Granter = granter is null ? null : TestKeys.AddressOf(granter),
            },
            key);
    }

    public BlockInput Input(Timestamp time, params IReadOnlyList<byte[]> transactions) => new(
        Genesis.ChainId, new Height(Height + 1), time, Time, 1, Genesis.Validators[0].PublicKey.Address, [], [], transactions);

    /// <summary>Executes the next block on the state, and commits it.</summary>
    public BlockOutcome Run(long stepMs, params IReadOnlyList<SignedTransaction> transactions)
    {
        List<byte[]> raw = [];
        foreach (SignedTransaction transaction in transactions) raw.Add(transaction.Bytes);
        return Commit(Input(Time.AddMs(stepMs), raw));
    }

    /// <summary>Executes the next block, and forgets it.</summary>
    public BlockOutcome Preview(long stepMs, params IReadOnlyList<SignedTransaction> transactions)
    {
        List<byte[]> raw = [];
        foreach (SignedTransaction transaction in transactions) raw.Add(transaction.Bytes);
        return BlockExecutor.Execute(State, Input(Time.AddMs(stepMs), raw));
    }

    /// <summary>Executes and commits a block, a second later, that carries evidence and nothing else.</summary>
    public BlockOutcome RunWith(params IReadOnlyList<DuplicateVoteEvidence> evidence) =>
        Commit(Input(Time.AddMs(1000)) with { Evidence = evidence });

    /// <summary>Executes and commits an empty block, a second later, whose last commit these validators have signed.</summary>
    public BlockOutcome RunWith(IReadOnlyList<LastCommitFlag> lastCommit) =>
        Commit(Input(Time.AddMs(1000)) with { LastCommit = lastCommit });

    /// <summary>One transaction of one message in a block of its own, a second later.</summary>
    public TransactionOutcome RunOne(string sender, Message message) => Run(1000, Sign(sender, [message])).Results[0];

    /// <summary>Lets market time pass, in steps that the clock counts in full.</summary>
    public void Pass(ulong seconds)
    {
        while (seconds > 0)
        {
            ulong step = Math.Min(seconds, Genesis.Parameters.GapMaxSeconds);
            Run((long)step * 1000);
            seconds -= step;
        }
    }

    /// <summary>Credits held anywhere, plus burned, less minted: 0 while credits are conserved.</summary>
    public Int128 HeldInAll()
    {
        Int128 held = 0;
        foreach ((StateKey key, byte[] value) in State.All) held += Schema.Find(key.Store, key.Bytes)!.Held(value);
        return held;
    }

    /// <param name="replaced">Takes what the block changed as it was before, null where there was nothing.</param>
    public BlockOutcome Commit(BlockInput input, SortedList<StateKey, byte[]?>? replaced = null)
    {
        BlockOutcome outcome = BlockExecutor.Execute(State, input);
        if (replaced is not null)
        {
            foreach ((StateKey key, _) in outcome.Changes) replaced[key] = State.Get(key.Store, key.Bytes);
        }
        State.Apply(outcome.Changes);
        Height++;
        Time = input.Time;
        return outcome;
    }
}
