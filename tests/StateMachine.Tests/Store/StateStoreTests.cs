using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Proofs;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tests.Store;

public sealed class StateStoreTests
{
    private const int Heights = 30;

    [Theory]
    [InlineData(1, 0, 3)]
    [InlineData(2, 0, 25)]
    [InlineData(3, 3, 8)]
    [InlineData(4, 2, 25)]
    public void Random_history_answers_and_proves_every_height(int seed, int unwrittenMax, int changesMax)
    {
        StateHistory history = new(seed, unwrittenMax);
        for (int height = 0; height < Heights; height++) history.Advance(new Height(height), changesMax);
        AssertAnswers(history, from: 0);
        StateTreeCheck.NoNodeCollapses(history.State, history);
    }

    [Theory]
    [InlineData(11, 0)]
    [InlineData(12, 3)]
    public void Random_history_keeps_its_answers_while_it_is_pruned_in_pieces(int seed, int unwrittenMax)
    {
        StateHistory history = new(seed, unwrittenMax);
        for (int height = 0; height < Heights; height++)
        {
            history.Advance(new Height(height), changesMax: 12);
            WriteBatch batch = new();
            history.State.PruneBelow(new Height(height - 6), rowsMax: 10, batch);
            history.Take(batch);
            if (height % 5 == 0) AssertAnswers(history, from: Math.Max(0, height - 6));
        }
        Prune(history, new Height(Heights - 4));
        AssertAnswers(history, from: Heights - 4);
    }

    [Fact]
    public void Pruned_to_the_newest_height_nothing_is_left_but_what_it_needs()
    {
        StateHistory history = new(seed: 21);
        for (int height = 0; height < Heights; height++) history.Advance(new Height(height), changesMax: 15);
        Prune(history, new Height(long.MaxValue - 1));
        AssertAnswers(history, from: Heights - 1);
        Assert.Equal(StateTreeCheck.ReachableRows(history.State, history), StateTreeCheck.Rows(history.Database, Column.Nodes));
        Assert.Empty(StateTreeCheck.Rows(history.Database, Column.History));
        Assert.Empty(StateTreeCheck.Rows(history.Database, Column.Stale));
        // And life goes on.
        history.Advance(new Height(Heights), changesMax: 15);
        AssertAnswers(history, from: Heights - 1);
    }

    [Fact]
    public void Jobs_in_any_order_and_in_parallel_come_to_the_same()
    {
        StateHistory sequential = new(seed: 31);
        StateHistory backwards = new(seed: 31) { Run = jobs => { for (int i = jobs.Count - 1; i >= 0; i--) jobs[i].Run(); } };
        StateHistory parallel = new(seed: 31) { Run = jobs => Parallel.ForEach(jobs, job => job.Run()) };
        foreach (StateHistory history in (StateHistory[])[sequential, backwards, parallel])
        {
            for (int height = 0; height < Heights; height++) history.Advance(new Height(height), changesMax: 25);
        }
        foreach (Column column in Enum.GetValues<Column>())
        {
            Assert.Equal(StateTreeCheck.Rows(sequential.Database, column), StateTreeCheck.Rows(backwards.Database, column));
            Assert.Equal(StateTreeCheck.Rows(sequential.Database, column), StateTreeCheck.Rows(parallel.Database, column));
        }
    }

    [Fact]
    public void Changes_that_change_nothing_write_a_record_and_no_more()
    {
        using MemoryStore database = new();
        StateStore state = new(database);
        Hash256 first = Apply(state, database, 5, [new(new StateKey(StoreId.Market, [7]), [1])], out _);
        Hash256 second = Apply(
            state, database, 6,
            [new(new StateKey(StoreId.Market, [7]), [1]), new(new StateKey(StoreId.Market, [8]), null)], out WriteBatch batch);
        Assert.Equal(first, second);
        // The height's record, and the mark that the one before it serves no later height.
        Assert.Equal(2, batch.Count);
        Assert.True(state.TryProve(StoreId.Market, [7], new Height(6), out StateProof? proof));
        Assert.Equal(ProofVerdict.Valid, StateProofVerifier.Verify(second, "market", [7], [1], proof.Ops));
    }

    [Fact]
    public void First_height_may_be_any_and_heights_that_were_never_prepared_are_not_answered()
    {
        using MemoryStore database = new();
        StateStore state = new(database);
        Assert.Null(state.Newest);
        Assert.False(state.TryGetAppHash(new Height(0), out _));
        Apply(state, database, 41, [new(new StateKey(StoreId.Meta, [1, 2]), [3])], out _);
        Assert.Equal(new Height(41), state.Newest);
        Assert.False(state.TryProve(StoreId.Meta, [1, 2], new Height(40), out _));
        Assert.False(state.TryProve(StoreId.Meta, [1, 2], new Height(42), out _));
        Assert.False(state.TryProve(StoreId.Meta, [], new Height(41), out _));
        Assert.Null(state.GetAt(StoreId.Meta, [1, 2], new Height(42)));
        Assert.False(state.TryGetAppHash(new Height(42), out _));
    }

    [Fact]
    public void Empty_store_has_its_permanent_key_and_can_prove_absence()
    {
        using MemoryStore database = new();
        StateStore state = new(database);
        Hash256 appHash = Apply(state, database, 0, [], out _);
        Assert.Equal("ibc"u8.ToArray(), state.Get(StoreId.Ibc, StateStore.PermanentKey));
        Assert.True(state.TryProve(StoreId.Ibc, "clients"u8, new Height(0), out StateProof? absent));
        Assert.Equal(ProofVerdict.Valid, StateProofVerifier.Verify(appHash, "ibc", "clients"u8, null, absent.Ops));
        Assert.True(state.TryProve(StoreId.Ibc, StateStore.PermanentKey, new Height(0), out StateProof? present));
        Assert.Equal(ProofVerdict.Valid, StateProofVerifier.Verify(appHash, "ibc", StateStore.PermanentKey, "ibc"u8.ToArray(), present.Ops));
    }

    [Fact]
    public void Permanent_key_that_the_first_changes_name_is_left_as_they_say()
    {
        using MemoryStore database = new();
        StateStore state = new(database);
        Apply(state, database, 0, [new(new StateKey(StoreId.Market, StateStore.PermanentKey), [9])], out _);
        Assert.Equal([9], state.Get(StoreId.Market, StateStore.PermanentKey));
        Assert.Equal("meta"u8.ToArray(), state.Get(StoreId.Meta, StateStore.PermanentKey));
    }

    [Fact]
    public void Broken_use_is_stopped()
    {
        using MemoryStore database = new();
        StateStore state = new(database);
        Apply(state, database, 1, [], out _);
        StateKey low = new(StoreId.Market, [1]);
        StateKey high = new(StoreId.Market, [2]);
        Assert.Throws<InvariantException>(() => Apply(state, database, 1, [], out _));
        Assert.Throws<InvariantException>(() => Apply(state, database, 2, [new(high, [1]), new(low, [1])], out _));
        Assert.Throws<InvariantException>(() => Apply(state, database, 2, [new(low, [1]), new(low, [2])], out _));
        Assert.Throws<InvariantException>(() => Apply(state, database, 2, [new(low, [])], out _));
        Assert.Throws<InvariantException>(() => Apply(state, database, 2, [new(new StateKey(StoreId.Ibc, [0]), null)], out _));
    }

    [Fact]
    public void Damaged_node_stops_the_reader_rather_than_misleading_it()
    {
        StateHistory history = new(seed: 41);
        for (int height = 0; height < 5; height++) history.Advance(new Height(height), changesMax: 25);
        WriteBatch damage = new();
        foreach ((string key, string value) in StateTreeCheck.Rows(history.Database, Column.Nodes))
        {
            damage.Put(Column.Nodes, Convert.FromHexString(key), Convert.FromHexString(value).AsSpan(0, value.Length / 2 - 1));
        }
        history.Database.Write(damage, sync: false);
        Assert.Throws<InvariantException>(() => history.State.TryProve(StoreId.Market, "x"u8, new Height(4), out _));
    }

    [Fact]
    public void Range_walks_one_store_between_two_keys()
    {
        using MemoryStore database = new();
        StateStore state = new(database);
        KeyValuePair<StateKey, byte[]?>[] pairs =
        [
            new(new StateKey(StoreId.Ibc, [5]), [1]), new(new StateKey(StoreId.Market, [4, 255]), [2]), new(new StateKey(StoreId.Market, [5]), [3]),
            new(new StateKey(StoreId.Market, [5, 0]), [4]), new(new StateKey(StoreId.Market, [6]), [5]), new(new StateKey(StoreId.Meta, [5]), [6]),
        ];
        Apply(state, database, 1, pairs, out _);
        List<string> walked = [];
        foreach ((byte[] key, byte[] value) in state.Range(StoreId.Market, [5], [6])) walked.Add(Convert.ToHexString([.. key, .. value]));
        Assert.Equal(["0503", "050004"], walked);
        Assert.Empty(state.Range(StoreId.Market, [6], [5]));
    }

    private static Hash256 Apply(
        StateStore state, MemoryStore database, long height, IEnumerable<KeyValuePair<StateKey, byte[]?>> changes, out WriteBatch batch)
    {
        batch = new WriteBatch();
        Hash256 appHash = state.Prepare(new Height(height), changes, batch);
        database.Write(batch, sync: false);
        return appHash;
    }

    private static void Prune(StateHistory history, Height keepFrom)
    {
        for (bool done = false; !done;)
        {
            WriteBatch batch = new();
            done = history.State.PruneBelow(keepFrom, rowsMax: 7, batch);
            history.Take(batch);
        }
    }

    /// <summary>Every key of every store at every height: the value, a proof that holds, and the lies that do not.</summary>
    private static void AssertAnswers(StateHistory history, long from)
    {
        StateStore state = history.State;
        foreach ((long past, List<SortedDictionary<byte[], byte[]>> pairs) in history.Past)
        {
            Height height = new(past);
            Assert.Equal(past >= from, state.TryGetAppHash(height, out Hash256 appHash));
            for (int i = 0; i < pairs.Count; i++)
            {
                StoreId store = StoreNames.All[i];
                string name = StoreNames.NameOf(store);
                foreach (byte[] key in history.Keys)
                {
                    bool isKept = state.TryProve(store, key, height, out StateProof? proof);
                    Assert.Equal(past >= from, isKept);
                    byte[]? expected = isKept && pairs[i].TryGetValue(key, out byte[]? value) ? value : null;
                    Assert.Equal(expected, state.GetAt(store, key, height));
                    if (proof is null) continue;
                    Assert.Equal(expected, proof.Value);
                    Assert.Equal(ProofVerdict.Valid, StateProofVerifier.Verify(appHash, name, key, expected, proof.Ops));
                    byte[]? lie = expected is null ? [1] : null;
                    Assert.Equal(ProofVerdict.WrongKind, StateProofVerifier.Verify(appHash, name, key, lie, proof.Ops));
                }
            }
        }
    }
}
