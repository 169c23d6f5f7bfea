using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Chain.Node.Storage.Rocks;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Store;

namespace Chain.Benchmarks;

/// <summary>
/// What a large state takes on disk: <c>-- size [ACCOUNTS] [LEASES] [FOLDER] [VARIANT]</c> writes one into RocksDB as a chain would
/// grow, forgets the older heights as a pruned node does, and prints bytes; with the node's options, or a variant of <see cref="RocksVariants"/>.
/// </summary>
internal static class StateSize
{
    private const int RowsPerStep = 20_000;

    public static void Run(string[] arguments)
    {
        int accounts = NumberAt(arguments, 0, 1_000_000);
        int leases = NumberAt(arguments, 1, 100_000);
        string folder = arguments.Length > 2 ? arguments[2] : Path.Combine(Path.GetTempPath(), "chain-size-" + Environment.ProcessId);
        RocksOptions.Adjust? adjust = arguments.Length > 3 ? RocksVariants.Of(arguments[3]) : null;
        Directory.CreateDirectory(folder);
        Stopwatch watch = Stopwatch.StartNew();
        using (RocksDbStore store = RocksDbStore.Open(folder, adjust))
        {
            StateStore state = new(store);
            Height height = BigState.Write(store, state, accounts, leases);
            store.Write(new WriteBatch(), sync: true);
            Print($"{accounts} accounts and {leases} leases, {height.Value} heights, app hash {state.AppHash(height)}");
            Print($"all heights kept: {Mebibytes(folder)} MiB after {watch.Elapsed.TotalSeconds:F0} s");
            bool isDone = false;
            while (!isDone)
            {
                WriteBatch batch = new();
                isDone = state.PruneBelow(height, RowsPerStep, batch);
                store.Write(batch, sync: false);
            }
            store.Write(new WriteBatch(), sync: true);
        }
        // Opening again reads the log into the tables, as a node's next start does.
        using (RocksDbStore.Open(folder, adjust)) Print($"pruned to the newest: {Mebibytes(folder)} MiB after {watch.Elapsed.TotalSeconds:F0} s");
        if (arguments.Length <= 2) Directory.Delete(folder, recursive: true);
    }

    private static int NumberAt(string[] arguments, int place, int otherwise) =>
        arguments.Length > place ? int.Parse(arguments[place], CultureInfo.InvariantCulture) : otherwise;

    private static long Mebibytes(string folder)
    {
        long bytes = 0;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)) bytes += file.Length;
        return bytes >> 20;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
