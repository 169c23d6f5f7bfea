using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Proofs;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Store;
using Chain.Tests.Shared;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Snapshots;

public sealed class SnapshotTests
{
    private const int Heights = 12;

    [Fact]
    public void Any_kept_height_restores_to_the_same_app_hash_and_the_same_proofs() =>
        PropertyCheck.Holds(
            Gen.Choose(1, 1_000_000).Zip(Gen.Elements(1, 60, 400, 1_000_000)),
            sample => RestoresEverywhere(sample.Item1, sample.Item2),
            count: 12);

    [Fact]
    public void Snapshot_made_while_blocks_are_written_is_that_of_its_height()
    {
        StateHistory history = new(seed: 71);
        for (int height = 0; height < 5; height++) history.Advance(new Height(height), changesMax: 30);
        SnapshotMaker maker = SnapshotMaker.Begin(history.Database, new Height(2), chunkBytes: 100)!;
        List<SnapshotChunk> chunks = [];
        for (int height = 5; !maker.IsDone; height++)
        {
            if (maker.Step(pairsMax: 3) is { } chunk) chunks.Add(chunk);
            history.Advance(new Height(height), changesMax: 30);
        }
        AssertRestores(history, new SnapshotSample(maker.Manifest(), chunks));
    }

    [Fact]
    public void Height_that_is_not_kept_has_no_snapshot()
    {
        StateHistory history = new(seed: 72);
        for (int height = 0; height < 5; height++) history.Advance(new Height(height), changesMax: 30);
        WriteBatch prune = new();
        history.State.PruneBelow(new Height(3), rowsMax: 10_000, prune);
        history.Take(prune);
        Assert.Null(SnapshotMaker.Begin(history.Database, new Height(2)));
        Assert.Null(SnapshotMaker.Begin(history.Database, new Height(5)));
        AssertRestores(history, SnapshotSample.Make(history.Database, new Height(3), chunkBytes: 50));
    }

    [Fact]
    public void Every_spoiled_chunk_is_refused()
    {
        StateHistory history = new(seed: 73);
        for (int height = 0; height < Heights; height++) history.Advance(new Height(height), changesMax: 40);
        foreach (int chunkBytes in (int[])[1, 150, 1_000_000])
        {
            SnapshotSample made = SnapshotSample.Make(history.Database, new Height(Heights - 1), chunkBytes);
            for (int i = 0; i < made.Chunks.Count; i++) AssertLiesAreRefused(made, i);
        }
    }

    [Fact]
    public void Manifest_with_other_cuts_has_no_valid_chunk_at_them()
    {
        StateHistory history = new(seed: 74);
        for (int height = 0; height < Heights; height++) history.Advance(new Height(height), changesMax: 40);
        SnapshotSample made = SnapshotSample.Make(history.Database, new Height(Heights - 1), chunkBytes: 300);
        Random random = new(74);
        for (int round = 0; round < 200; round++)
        {
            byte[] bytes = made.Manifest.Encode();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            if (!SnapshotManifest.TryDecode(bytes, out SnapshotManifest other, out DecodeError _)) continue;
            bool isSame = other.ChunkCount == made.Chunks.Count && other.AppHash == made.Manifest.AppHash;
            int right = 0;
            for (int i = 0; isSame && i < made.Chunks.Count; i++)
            {
                if (ChunkVerifier.Verify(other, i, made.Chunks[i]) == ChunkVerdict.Valid) right++;
            }
            // A cut that moved between the same two leaves is no place where leaves part, so both its sides fail.
            if (isSame && other.Height == made.Manifest.Height) Assert.True(right <= made.Chunks.Count - 2, $"round {round}: {right} chunks");
        }
    }

    [Fact]
    public void Restore_takes_chunks_in_any_order_and_nothing_wrong()
    {
        StateHistory history = new(seed: 75);
        for (int height = 0; height < Heights; height++) history.Advance(new Height(height), changesMax: 40);
        SnapshotSample made = SnapshotSample.Make(history.Database, new Height(Heights - 1), chunkBytes: 200);
        using MemoryStore database = new();
        SnapshotRestore restore = new(made.Manifest, database);
        Assert.Throws<InvariantException>(() => restore.Finish(new WriteBatch()));
        Assert.Equal(ChunkVerdict.Malformed, restore.Add(0, [1, 2, 3]));
        Assert.NotEqual(ChunkVerdict.Valid, restore.Add(0, made.Chunks[1].Encode()));
        Assert.Equal(0, restore.Count);
        for (int i = made.Chunks.Count - 1; i >= 0; i--)
        {
            Assert.False(restore.IsComplete);
            Assert.Equal(ChunkVerdict.Valid, restore.Add(i, made.Chunks[i].Encode()));
            Assert.Equal(ChunkVerdict.Valid, restore.Add(i, made.Chunks[i].Encode()));
        }
        Assert.True(restore.IsComplete);
        Assert.Null(new StateStore(database).Newest);
    }

    [Fact]
    public void Restore_that_dies_anywhere_goes_on_with_what_reached_the_disk()
    {
        StateHistory history = new(seed: 76);
        for (int height = 0; height < Heights; height++) history.Advance(new Height(height), changesMax: 40);
        SnapshotSample made = SnapshotSample.Make(history.Database, new Height(Heights - 1), chunkBytes: 120);
        Random random = new(76);
        for (int round = 0; round < 20; round++)
        {
            using LossyStore database = new();
            int[] order = [.. Enumerable.Range(0, made.Chunks.Count)];
            random.Shuffle(order);
            SnapshotRestore restore = new(made.Manifest, database);
            int lives = 0;
            while (!restore.IsComplete)
            {
                foreach (int chunk in order)
                {
                    if (random.Next(order.Length / 3) == 0) break;
                    Assert.Equal(ChunkVerdict.Valid, restore.Add(chunk, made.Chunks[chunk].Encode()));
                }
                if (restore.IsComplete) break;
                database.LoseUnsynced(kept: random.Next(database.UnsyncedCount + 1));
                restore = new SnapshotRestore(made.Manifest, database);
                Assert.True(++lives < 10_000);
            }
            WriteBatch batch = new();
            restore.Finish(batch);
            database.Write(batch, sync: true);
            Assert.Equal(RowsOf(Whole(made)), RowsOf(database));
        }
    }

    [Fact]
    public void Restore_of_another_snapshot_leaves_nothing_of_the_one_before_wherever_it_dies()
    {
        StateHistory history = new(seed: 77);
        for (int height = 0; height < Heights; height++) history.Advance(new Height(height), changesMax: 40);
        SnapshotSample old = SnapshotSample.Make(history.Database, new Height(Heights - 2), chunkBytes: 120);
        SnapshotSample made = SnapshotSample.Make(history.Database, new Height(Heights - 1), chunkBytes: 120);
        for (int kept = 0; kept < 5; kept++)
        {
            using LossyStore database = new();
            SnapshotRestore first = new(old.Manifest, database);
            for (int i = 0; i < 4; i++) first.Add(i, old.Chunks[i].Encode());
            database.Write(new WriteBatch(), sync: true);
            _ = new SnapshotRestore(made.Manifest, database);
            database.LoseUnsynced(Math.Min(kept, database.UnsyncedCount));
            SnapshotRestore restore = new(made.Manifest, database);
            Assert.Equal(0, restore.Count);
            for (int i = 0; i < made.Chunks.Count; i++) restore.Add(i, made.Chunks[i].Encode());
            WriteBatch batch = new();
            restore.Finish(batch);
            database.Write(batch, sync: true);
            Assert.Equal(RowsOf(Whole(made)), RowsOf(database));
            Assert.Throws<InvariantException>(() => SnapshotRestore.Abandon(database));
        }
    }

    [Fact]
    public void Restore_writes_no_batch_that_is_much_larger_than_a_chunk()
    {
        using MemoryStore source = new();
        StateOverlay state = new(new StateStore(source));
        for (int i = 0; i < 20_000; i++) state.Put(StoreId.Market, BitConverter.GetBytes(i + 1L), new byte[100]);
        WriteBatch whole = new();
        new StateStore(source).Prepare(new Height(5), state.Changes, whole);
        source.Write(whole, sync: false);
        SnapshotSample made = SnapshotSample.Make(source, new Height(5), chunkBytes: 20_000);
        using MeasuredStore database = new();
        SnapshotRestore restore = new(made.Manifest, database);
        for (int i = 0; i < made.Chunks.Count; i++) restore.Add(i, made.Chunks[i].Encode());
        int chunkBytes = made.Chunks.Max(chunk => chunk.Encode().Length);
        WriteBatch batch = new();
        restore.Finish(batch);
        database.Write(batch, sync: true);
        // Tree nodes, of at most 16 children of 33 bytes and more, come on top of the pairs.
        Assert.True(made.Chunks.Count > 50, $"{made.Chunks.Count} chunks");
        Assert.True(database.LargestBatch < 3 * chunkBytes, $"{database.LargestBatch} bytes, {chunkBytes} a chunk");
        Assert.True(database.LargestBatch < database.AllBatches / 50, $"{database.LargestBatch} of {database.AllBatches} bytes");
    }

    /// <summary>The rows that the state has when it is written at once.</summary>
    private static MemoryStore Whole(SnapshotSample made)
    {
        MemoryStore database = new();
        List<KeyValuePair<StateKey, byte[]?>> pairs = [];
        for (int i = 0; i < made.Chunks.Count; i++)
        {
            StoreId store = made.Manifest[i].Store;
            foreach ((byte[] key, byte[] value) in made.Chunks[i].Pairs) pairs.Add(new(new StateKey(store, key), value));
        }
        pairs.Sort(static (x, y) => x.Key.CompareTo(y.Key));
        WriteBatch batch = new();
        new StateStore(database).Prepare(made.Manifest.Height, pairs, batch);
        database.Write(batch, sync: false);
        return database;
    }

    private static List<string> RowsOf(IKeyValueReader database)
    {
        List<string> rows = [];
        foreach (Column column in Enum.GetValues<Column>())
        {
            using IKeyValueIterator walk = database.Iterate(column, [], []);
            while (walk.MoveNext()) rows.Add($"{column} {Hex.Lower(walk.Key)} {Hex.Lower(walk.Value)}");
        }
        return rows;
    }

    private static void RestoresEverywhere(int seed, int chunkBytes)
    {
        StateHistory history = new(seed);
        for (int height = 0; height < Heights; height++) history.Advance(new Height(height), changesMax: 40);
        for (int height = 1; height < Heights; height += 3)
        {
            AssertRestores(history, SnapshotSample.Make(history.Database, new Height(height), chunkBytes));
        }
    }

    private static void AssertRestores(StateHistory history, SnapshotSample made)
    {
        Height height = made.Manifest.Height;
        Assert.Equal(history.State.AppHash(height), made.Manifest.AppHash);
        using MemoryStore database = new();
        SnapshotRestore restore = new(made.Manifest, database);
        for (int i = 0; i < made.Chunks.Count; i++) Assert.Equal(ChunkVerdict.Valid, restore.Add(i, made.Chunks[i].Encode()));
        WriteBatch batch = new();
        restore.Finish(batch);
        database.Write(batch, sync: false);
        StateStore restored = new(database);
        Assert.Equal(height, restored.Newest);
        Assert.Equal(made.Manifest.AppHash, restored.AppHash(height));
        foreach (StoreId store in StoreNames.All)
        {
            foreach (byte[] key in history.Keys)
            {
                Assert.True(history.State.TryProve(store, key, height, out StateProof? proof));
                Assert.True(restored.TryProve(store, key, height, out StateProof? again));
                Assert.Equal(proof.Value, again.Value);
                Assert.Equal(proof.Ops.Select(op => Hex.Lower(op.Data)), again.Ops.Select(op => Hex.Lower(op.Data)));
            }
            IEnumerable<string> pairs = history.Past[height.Value][store - StoreId.Ibc].Select(pair => Hex.Lower(pair.Key) + Hex.Lower(pair.Value));
            Assert.Equal(
                pairs,
                restored.Range(store).Where(pair => !pair.Key.AsSpan().SequenceEqual(StateStore.PermanentKey))
                    .Select(pair => Hex.Lower(pair.Key) + Hex.Lower(pair.Value)));
        }
    }

    private static void AssertLiesAreRefused(SnapshotSample made, int index)
    {
        SnapshotChunk chunk = made.Chunks[index];
        Assert.Equal(ChunkVerdict.Valid, ChunkVerifier.Verify(made.Manifest, index, chunk));
        for (int i = 0; i < chunk.Pairs.Count; i++)
        {
            (byte[] key, byte[] value) = chunk.Pairs[i];
            Refused(pairs => pairs.RemoveAt(i));
            Refused(pairs => pairs.Insert(i, pairs[i]));
            Refused(pairs => pairs[i] = new(key, [.. value, 0]));
            Refused(pairs => pairs[i] = new([.. key, 0], value));
            Refused(pairs => pairs.Insert(i, new([.. key, 1], value)));
            if (i > 0) Refused(pairs => (pairs[i - 1], pairs[i]) = (pairs[i], pairs[i - 1]));
        }
        for (int i = 0; i < chunk.Siblings.Count; i++)
        {
            List<Hash256> fewer = [.. chunk.Siblings];
            fewer.RemoveAt(i);
            Hash256[] changed = [.. chunk.Siblings];
            changed[i] = changed[i].IsZero ? Hash256.From(new byte[31].Append((byte)1).ToArray()) : default;
            Assert.Equal(ChunkVerdict.WrongRoot, ChunkVerifier.Verify(made.Manifest, index, chunk with { Siblings = fewer }));
            Assert.Equal(ChunkVerdict.WrongRoot, ChunkVerifier.Verify(made.Manifest, index, chunk with { Siblings = changed }));
        }
        Assert.Equal(ChunkVerdict.WrongRoot, ChunkVerifier.Verify(made.Manifest, index, chunk with { Siblings = [.. chunk.Siblings, default] }));
        for (int other = 0; other < made.Chunks.Count; other++)
        {
            if (other != index) Assert.NotEqual(ChunkVerdict.Valid, ChunkVerifier.Verify(made.Manifest, other, chunk));
        }

        void Refused(Action<List<KeyValuePair<byte[], byte[]>>> spoil)
        {
            List<KeyValuePair<byte[], byte[]>> pairs = [.. chunk.Pairs];
            spoil(pairs);
            ChunkVerdict verdict = ChunkVerifier.Verify(made.Manifest, index, chunk with { Pairs = pairs });
            Assert.NotEqual(ChunkVerdict.Valid, verdict);
        }
    }
}
