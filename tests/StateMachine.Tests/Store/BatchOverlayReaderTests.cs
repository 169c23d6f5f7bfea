using System;
using System.Collections.Generic;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tests.Store;

public sealed class BatchOverlayReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Reads_through_batches_equal_reads_after_writing_them(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 100; round++)
        {
            using MemoryStore below = new();
            using MemoryStore written = new();
            List<WriteBatch> above = [];
            WriteBatch ground = RandomBatch(random);
            below.Write(ground, sync: false);
            written.Write(ground, sync: false);
            for (int i = random.Next(4); i > 0; i--)
            {
                above.Add(RandomBatch(random));
                written.Write(above[^1], sync: false);
            }
            BatchOverlayReader overlay = new(below, above);
            foreach (Column column in (Column[])[Column.State, Column.Nodes])
            {
                for (int key = 0; key < 24; key++) Assert.Equal(written.Get(column, KeyOf(key)), overlay.Get(column, KeyOf(key)));
                for (int walk = 0; walk < 10; walk++)
                {
                    byte[] from = random.Next(4) == 0 ? [] : KeyOf(random.Next(24));
                    byte[] to = random.Next(4) == 0 ? [] : KeyOf(random.Next(24));
                    bool descending = random.Next(2) == 0;
                    Assert.Equal(Walk(written, column, from, to, descending), Walk(overlay, column, from, to, descending));
                }
            }
        }
    }

    [Fact]
    public void Range_of_an_overlay_equals_a_scan_of_the_merged_pairs()
    {
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            using MemoryStore empty = new();
            StateOverlay block = new(new StateStore(empty));
            StateOverlay transaction = new(block);
            SortedDictionary<string, byte[]> model = new(StringComparer.Ordinal);
            for (int i = 0; i < 60; i++)
            {
                StateOverlay target = i < 30 ? block : transaction;
                byte[] key = KeyOf(random.Next(24));
                if (random.Next(3) == 0)
                {
                    target.Delete(StoreId.Market, key);
                    model.Remove(Convert.ToHexString(key));
                }
                else
                {
                    target.Put(StoreId.Market, key, [(byte)i]);
                    model[Convert.ToHexString(key)] = [(byte)i];
                }
            }
            byte[] from = KeyOf(random.Next(24));
            byte[] to = KeyOf(random.Next(24));
            List<string> expected = [];
            foreach ((string key, byte[] value) in model)
            {
                byte[] bytes = Convert.FromHexString(key);
                if (bytes.AsSpan().SequenceCompareTo(from) >= 0 && bytes.AsSpan().SequenceCompareTo(to) < 0) expected.Add(key + "=" + value[0]);
            }
            List<string> ranged = [];
            foreach ((byte[] key, byte[] value) in transaction.Range(StoreId.Market, from, to)) ranged.Add(Convert.ToHexString(key) + "=" + value[0]);
            Assert.Equal(expected, ranged);
        }
    }

    private static List<string> Walk(IKeyValueReader reader, Column column, byte[] from, byte[] to, bool descending)
    {
        List<string> pairs = [];
        using IKeyValueIterator walk = reader.Iterate(column, from, to, descending);
        while (walk.MoveNext()) pairs.Add(Convert.ToHexString(walk.Key) + "=" + Convert.ToHexString(walk.Value));
        return pairs;
    }

    private static WriteBatch RandomBatch(Random random)
    {
        WriteBatch batch = new();
        for (int i = random.Next(20); i > 0; i--)
        {
            Column column = random.Next(2) == 0 ? Column.State : Column.Nodes;
            byte[] key = KeyOf(random.Next(24));
            if (random.Next(3) == 0) batch.Delete(column, key);
            else batch.Put(column, key, [(byte)random.Next(256)]);
        }
        return batch;
    }

    /// <summary>Short keys, some of which begin others.</summary>
    private static byte[] KeyOf(int i) => i % 3 == 0 ? [(byte)(i + 1)] : [(byte)(i / 3 * 3 + 1), (byte)i];
}
