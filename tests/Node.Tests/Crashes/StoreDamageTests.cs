using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Hosting;
using Chain.Node.Storage;
using Chain.Node.Storage.Rocks;
using Chain.Node.Tests.Storage;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Node.Tests.Crashes;

/// <summary>
/// A bit of a stopped node's database changes on the disk. Either the start refuses with exit code 74, or the log repairs all
/// and the operator is told, or whoever reads the damaged place is told; nobody ever reads anything else than what was written. More bits:
/// <c>CHAIN_FLIPS=5000</c>; others: <c>CHAIN_SEED</c>.
/// </summary>
public sealed class StoreDamageTests(ITestOutputHelper output) : IDisposable
{
    private const string Opened = "opened";
    private const string ReadRefused = "read refused";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Any_changed_bit_of_the_database_is_noticed_or_repaired()
    {
        int flips = Setting("CHAIN_FLIPS", 60);
        int seed = Setting("CHAIN_SEED", Environment.TickCount & 0xffff);
        output.WriteLine($"repeat with CHAIN_SEED={seed} CHAIN_FLIPS={flips}");
        Random random = new(seed);
        NodeHome whole = new(_folder.PathOf("whole"));
        await MakeAsync(whole);
        string expected = Open(Copy(whole)).Detail;
        string[] files = [.. Directory.GetFiles(whole.StateFolder).Where(IsData).Order(StringComparer.Ordinal)];
        SortedDictionary<string, int> outcomes = new(StringComparer.Ordinal);
        for (int i = 0; i < flips; i++)
        {
            string name = Path.GetFileName(files[i % files.Length]);
            NodeHome damaged = Copy(whole);
            string place = FlipBit(Path.Combine(damaged.StateFolder, name), random);
            // The chain's log may bring back all that the database's lost; that must not hide the damage.
            bool isNoticed = Kind(name) != ".log" || place == "empty" || RocksLogs.Check(damaged.StateFolder) is not null;
            Assert.True(isNoticed, $"{name} {place}: nobody noticed");
            (string result, string detail) = Open(damaged);
            if (result == Opened) result = detail == expected ? "whole" : "changed";
            Assert.True(result is "whole" or "exit 74" or ReadRefused, $"{name} {place}: {result}\n{detail}");
            string outcome = $"{Kind(name)} {result}";
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            Directory.Delete(damaged.Root, recursive: true);
        }
        foreach ((string outcome, int count) in outcomes) output.WriteLine($"{outcome}: {count}");
    }

    /// <summary>What a start makes of a home: all rows of the store as one text, or the exit code.</summary>
    private static (string Result, string Detail) Open(NodeHome home)
    {
        try
        {
            ChainNode node = Composition.Open(home, TimeProvider.System, NullLoggerFactory.Instance);
            node.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (Exception fault)
        {
            return ($"exit {(int)StopReport.Judge(fault).Code}", fault.ToString());
        }
        try
        {
            using RocksDbStore store = RocksDbStore.Open(home.StateFolder);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            List<string> columns = [];
            foreach (Column column in Enum.GetValues<Column>())
            {
                using IKeyValueIterator walk = store.Iterate(column, default, default);
                int rows = 0;
                while (walk.MoveNext())
                {
                    hash.AppendData(walk.Key);
                    hash.AppendData(walk.Value);
                    // A get asks the table's filter first, which a walk does not.
                    Assert.True(walk.Value.SequenceEqual(store.Get(column, walk.Key)), $"a row of {column} is walked and not found");
                    rows++;
                }
                columns.Add($"{column} {rows} {Hex.Lower(hash.GetHashAndReset())}");
            }
            return (Opened, string.Join('\n', columns));
        }
        catch (StorageException fault)
        {
            return (ReadRefused, fault.Message);
        }
    }

    /// <summary>Two runs: the start of the second moved the first one's rows from the database's log into tables.</summary>
    private static async Task MakeAsync(NodeHome home)
    {
        using CrashHome keys = new();
        NodeInit.Run(home, new InitOptions(
            "test-1",
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            new NodeConfig { RpcAddress = "127.0.0.1:0" },
            Parameters.Devnet.With(ParameterId.EmptyBlockIntervalMs, 10),
            keys.Owner.PublicKey.Address,
            [new GenesisAccount(keys.Owner.PublicKey.Address, 1_000_000_000_000)],
            []));
        for (int run = 1; run <= 2; run++)
        {
            await using ChainNode node = Composition.Open(home, TimeProvider.System, NullLoggerFactory.Instance);
            await node.StartAsync(TestContext.Current.CancellationToken);
            using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
            while (node.Tip.Height < new Height(150 * run) && !node.Ended.IsCompleted) await Task.Delay(10, limit.Token);
            await node.StopAsync(limit.Token);
        }
    }

    private NodeHome Copy(NodeHome whole)
    {
        string root = _folder.PathOf(Guid.NewGuid().ToString("N"));
        foreach (string directory in Directory.GetDirectories(whole.Root, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(root, Path.GetRelativePath(whole.Root, directory)));
        }
        foreach (string file in Directory.GetFiles(whole.Root, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(root, Path.GetRelativePath(whole.Root, file)));
        }
        return new NodeHome(root);
    }

    /// <summary>What a power failure must not change: not the options for people, nor what the library logs.</summary>
    private static bool IsData(string path) => Kind(Path.GetFileName(path)) is ".log" or ".sst" or "MANIFEST" or "CURRENT";

    /// <summary>Anywhere, or near the end, where a reader may take damage for a torn tail.</summary>
    private static string FlipBit(string path, Random random)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int first = random.Next(2) == 0 ? 0 : Math.Max(0, bytes.Length - 200);
        (int at, int bit) = (random.Next(first, Math.Max(1, bytes.Length)), random.Next(8));
        if (bytes.Length == 0) return "empty";
        bytes[at] ^= (byte)(1 << bit);
        File.WriteAllBytes(path, bytes);
        return $"byte {at} of {bytes.Length} bit {bit}";
    }

    private static string Kind(string name) => Path.GetExtension(name) is { Length: > 0 } extension ? extension : name.Split('-')[0];

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
