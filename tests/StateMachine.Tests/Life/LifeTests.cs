using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Reputation;
using Chain.Tests.Shared;

namespace Chain.StateMachine.Tests.Life;

/// <summary>
/// Random lives of a chain with messages of every kind, evidence, time and outages. What must hold after each transaction stands
/// in <see cref="LifeInvariants"/> and <see cref="LifeWatch"/>; what is dear is checked at the end of each life.
/// </summary>
public sealed class LifeTests
{
    private const int Length = 200;

    private const int LivesByDefault = 2000;

    /// <summary>Lives in one run, about 0.07 s of a core each; <c>CHAIN_LIVES=20000 ./test StateMachine.Tests</c> for a long one.</summary>
    private static readonly int Lives = int.TryParse(
        Environment.GetEnvironmentVariable("CHAIN_LIVES"), CultureInfo.InvariantCulture, out int count) ? count : LivesByDefault;

    /// <summary>Lives have nothing to do with each other.</summary>
    private const int Threads = 2;

    [Fact]
    public async Task Invariants_hold_after_every_transaction_of_every_kind_and_a_life_replays_to_the_same()
    {
        LifeCoverage coverage = new();
        IEnumerable<Task> parts = Enumerable.Range(0, Threads).Select(part => Task.Factory.StartNew(
            () => PropertyCheck.HoldsForSequences(Length, steps => Live(steps, coverage), (Lives + part) / Threads, part),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(parts);
        Console.WriteLine(coverage.Line());
        if (Lives > LivesByDefault) Console.WriteLine(coverage.Codes());
        Assert.True(coverage.Juries > 0, "no jury was drawn in any life");
    }

    private static void Live(int[] steps, LifeCoverage coverage)
    {
        LifeWorld world = new();
        LifeWatch watch = new(world);
        List<(TransactionOutcome Result, MessageKind Kind)> results = [];
        foreach (int step in steps)
        {
            LifeScript.Play(world, step);
            watch.Check();
            if (world.LastResult is { } result) results.Add((result, world.LastTransaction!.Body.Messages[0].Kind));
        }
        // P10: none but the edges of the table.
        Assert.Empty(watch.Edges.Seen.Except(EdgeTable.All));
        Recompute(world);
        Replay(world);
        lock (coverage)
        {
            foreach ((TransactionOutcome result, MessageKind kind) in results) coverage.Note(result, kind);
            coverage.Note(world, watch.Edges);
        }
    }

    /// <summary>P15: a reputation is its counters, and they are what the events said.</summary>
    private static void Recompute(LifeWorld world)
    {
        SortedDictionary<string, ReputationCounter> counted = new(StringComparer.Ordinal);
        foreach (Event happened in world.Events)
        {
            if (happened.Type != "ReputationCounted") continue;
            string[] values = [.. happened.Attributes.Select(attribute => attribute.Value)];
            string key = values[0] + " " + values[1];
            ReputationCounter before = counted.GetValueOrDefault(key, ReputationCounter.None);
            counted[key] = before.With(Number(values[4]), values[2] == "yes", Number(values[3]));
        }
        foreach ((StateKey key, byte[] value) in world.Chain.State.All)
        {
            if (key.Store != StoreId.Market || key.Bytes[0] != MarketSchema.Reputation) continue;
            Address subject = Address.From(key.Bytes[1..(1 + Address.Size)]);
            string part = ReputationBook.NameOf((ReputationPart)key.Bytes[^1]);
            Assert.True(counted.Remove($"{subject} {part}", out ReputationCounter? expected), $"P15: no event counted {part}");
            Assert.Equal(Hex.Lower(expected.Encode()), Hex.Lower(value));
        }
        Assert.Empty(counted);
    }

    /// <summary>P24: the same blocks come to the same results and state, and the state to the same app hash however it was made.</summary>
    private static void Replay(LifeWorld world)
    {
        TestChain again = LifeWorld.Beginning();
        using MemoryStore stepwise = new();
        StateStore tree = new(stepwise);
        Hash256 appHash = Prepare(stepwise, tree, again.Height, again.State.All.Select(pair => new KeyValuePair<StateKey, byte[]?>(pair.Key, pair.Value)));
        foreach (BlockInput input in world.Blocks)
        {
            appHash = Prepare(stepwise, tree, again.Height + 1, again.Commit(input).Changes);
        }
        Assert.True(again.State.All.SequenceEqual(world.Chain.State.All, new PairComparer()), "P24: another state");
        using MemoryStore imported = new();
        Assert.Equal(appHash, Prepare(imported, new StateStore(imported), again.Height, again.State.All.Select(pair => new KeyValuePair<StateKey, byte[]?>(pair.Key, pair.Value))));
    }

    private static Hash256 Prepare(
        MemoryStore database, StateStore tree, long height, IEnumerable<KeyValuePair<StateKey, byte[]?>> changes)
    {
        WriteBatch batch = new();
        Hash256 appHash = tree.Prepare(new Height(height), changes, batch);
        database.Write(batch, sync: false);
        return appHash;
    }

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

    private sealed class PairComparer : IEqualityComparer<KeyValuePair<StateKey, byte[]>>
    {
        public bool Equals(KeyValuePair<StateKey, byte[]> x, KeyValuePair<StateKey, byte[]> y) =>
            x.Key == y.Key && x.Value.AsSpan().SequenceEqual(y.Value);

        public int GetHashCode(KeyValuePair<StateKey, byte[]> obj) => obj.Key.GetHashCode();
    }
}
