using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Chain.Node.Storage.Rocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.Benchmarks;

/// <summary>
/// What each option of the database does for a node's own work: a state that is larger than the memtables, blocks that change it
/// and are pruned again, reads of what is there and what is not, proofs, and a start. Every variant changes one option.
/// </summary>
internal static class RocksComparison
{
    private const int KeyCount = 200_000;
    private const int KeysPerBatch = 5_000;
    private const int BlockCount = 300;
    private const int ChangesPerBlock = 500;
    private const int HeightsKept = 50;
    private const int BlockBytes = 100_000;
    private const int ReadCount = 50_000;
    private const int ProofCount = 2_000;
    private const int RowsPrunedMax = 20_000;

    /// <summary>Prints a row for each variant: all of them, or the one that is named.</summary>
    public static int Run(string? name, int rounds)
    {
        Console.WriteLine("variant                load s  block p50 ms  p99 ms  read µs  absent µs  proof µs  reopen ms  disk MB  written MB");
        for (int round = 0; round < rounds; round++)
        {
            foreach ((string variant, RocksOptions.Adjust? adjust) in RocksVariants.All)
            {
                if (name is null || name == variant) Console.WriteLine(Measure(variant, adjust));
            }
        }
        return 0;
    }

    private static string Measure(string variant, RocksOptions.Adjust? adjust)
    {
        string folder = Path.Combine(Environment.CurrentDirectory, "artifacts", "rocks-comparison");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        long writtenBefore = BytesWritten();
        Random random = new(1);
        double loadSeconds, proof;
        List<double> blocks = [];
        (double present, double absent) reads;
        using (RocksDbStore store = RocksDbStore.Open(folder, adjust))
        {
            StateStore state = new(store);
            long begin = Stopwatch.GetTimestamp();
            long height = Load(store, state);
            loadSeconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            for (int i = 0; i < BlockCount; i++) blocks.Add(OneBlock(store, state, ++height, random));
            store.Write(new WriteBatch(), sync: true);
            reads = (Read(state, random, 0), Read(state, random, KeyCount));
            proof = Prove(state, random, height);
        }
        long reopen = Stopwatch.GetTimestamp();
        using (RocksDbStore again = RocksDbStore.Open(folder, adjust)) new StateStore(again).Get(StoreId.Market, KeyOf(1));
        double reopenMs = Stopwatch.GetElapsedTime(reopen).TotalMilliseconds;
        blocks.Sort();
        string row = string.Create(
            CultureInfo.InvariantCulture,
            $"{variant,-22} {loadSeconds,6:F1} {blocks[blocks.Count / 2],13:F1} {blocks[blocks.Count * 99 / 100],7:F1} {reads.present,8:F1} "
            + $"{reads.absent,10:F1} {proof,9:F0} {reopenMs,10:F0} {SizeOf(folder) / 1e6,8:F0} {(BytesWritten() - writtenBefore) / 1e6,11:F0}");
        Directory.Delete(folder, recursive: true);
        return row;
    }

    /// <summary>Returns the height of the state.</summary>
    private static long Load(RocksDbStore store, StateStore state)
    {
        long height = 0;
        for (int from = 0; from < KeyCount; from += KeysPerBatch)
        {
            StateOverlay overlay = new(state);
            for (int i = from; i < from + KeysPerBatch; i++) overlay.Put(StoreId.Market, KeyOf(i), ValueOf(i));
            WriteBatch batch = new();
            state.Prepare(new Height(height++), overlay.Changes, batch);
            store.Write(batch, sync: false);
        }
        return height - 1;
    }

    /// <summary>A block as the node writes it: state, tree, history, the block itself; and a step of pruning. Milliseconds in the database.</summary>
    private static double OneBlock(RocksDbStore store, StateStore state, long height, Random random)
    {
        StateOverlay overlay = new(state);
        for (int i = 0; i < ChangesPerBlock; i++)
        {
            int key = random.Next(KeyCount);
            overlay.Put(StoreId.Market, KeyOf(key), ValueOf(random.Next()));
        }
        long begin = Stopwatch.GetTimestamp();
        WriteBatch batch = new();
        state.Prepare(new Height(height), overlay.Changes, batch);
        byte[] block = new byte[BlockBytes];
        random.NextBytes(block.AsSpan(0, BlockBytes / 2));
        batch.Put(Column.Blocks, Schema.Key(1, (ulong)height), block);
        store.Write(batch, sync: height % 100 == 0);
        if (height > HeightsKept)
        {
            WriteBatch pruned = new();
            state.PruneBelow(new Height(height - HeightsKept), RowsPrunedMax, pruned);
            store.Write(pruned, sync: false);
        }
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    /// <summary>Microseconds a read of random keys from a number on.</summary>
    private static double Read(StateStore state, Random random, int from)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < ReadCount; i++) state.Get(StoreId.Market, KeyOf(from + random.Next(KeyCount)));
        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds / ReadCount;
    }

    private static double Prove(StateStore state, Random random, long height)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < ProofCount; i++)
        {
            state.TryProve(StoreId.Market, KeyOf(random.Next(KeyCount)), new Height(height - random.Next(HeightsKept / 2)), out _);
        }
        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds / ProofCount;
    }

    private static byte[] KeyOf(int number) => Schema.Key(Schema.Account, Address.From(Samples.HashOf(number).Span[..Address.Size]));

    /// <summary>Half of it is like other values, as in encoded objects.</summary>
    private static byte[] ValueOf(int number)
    {
        byte[] value = new byte[96];
        Samples.HashOf(number).Span.CopyTo(value);
        return value;
    }

    private static long SizeOf(string folder)
    {
        long bytes = 0;
        foreach (string file in Directory.GetFiles(folder)) bytes += new FileInfo(file).Length;
        return bytes;
    }

    /// <summary>Bytes that this process has handed to the system, sockets and console included.</summary>
    private static long BytesWritten()
    {
        foreach (string line in File.ReadLines("/proc/self/io"))
        {
            if (line.StartsWith("wchar: ", StringComparison.Ordinal)) return long.Parse(line[7..], CultureInfo.InvariantCulture);
        }
        return 0;
    }
}
