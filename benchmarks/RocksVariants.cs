using System.Collections.Generic;
using System.Linq;
using Chain.Node.Storage.Rocks;
using Chain.StateMachine.Store;

namespace Chain.Benchmarks;

/// <summary>The node's options of the database, and each of those that were considered in their place.</summary>
internal static class RocksVariants
{
    private const int Lz4 = 4;
    private const int Zstd = 7;
    private const int UniversalCompaction = 1;
    private const double BloomBits = 10;

    public static IReadOnlyList<(string Name, RocksOptions.Adjust? Adjust)> All { get; } =
    [
        ("node", null),
        ("no bloom", (_, table, _) => LibRocksDb.TableOptionsSetFilterPolicy(table, 0)),
        ("ribbon from level 1", (_, table, _) => LibRocksDb.TableOptionsSetFilterPolicy(table, RocksNative.CreateRibbonHybrid(BloomBits, 1))),
        ("no memtable bloom", (_, _, options) => LibRocksDb.OptionsSetMemtablePrefixBloomSizeRatio(options, 0)),
        ("prefix 9 on state", (column, _, options) =>
        {
            if (column == Column.State) RocksNative.SetPrefixExtractor(options, RocksNative.CreateFixedPrefix(9));
        }),
        ("filters outside cache", (_, table, _) => LibRocksDb.TableOptionsSetCacheIndexAndFilterBlocks(table, 0)),
        ("cache 16 MB", (_, table, _) => SetCache(table, 16)),
        ("cache 256 MB", (_, table, _) => SetCache(table, 256)),
        ("blocks of 4 KB", (_, table, _) => LibRocksDb.TableOptionsSetBlockSize(table, 4 * 1024)),
        ("blocks of 16 KB", (_, table, _) => LibRocksDb.TableOptionsSetBlockSize(table, 16 * 1024)),
        ("no compression", (_, _, options) => LibRocksDb.OptionsSetCompression(options, 0)),
        ("LZ4 for nodes too", (_, _, options) => LibRocksDb.OptionsSetCompression(options, Lz4)),
        ("ZSTD at the bottom", (column, _, options) =>
        {
            if (column != Column.Nodes) RocksNative.SetBottommostCompression(options, Zstd);
        }),
        ("fixed level sizes", (_, _, options) => LibRocksDb.OptionsSetLevelCompactionDynamicLevelBytes(options, 0)),
        ("universal compaction", (_, _, options) => RocksNative.SetCompactionStyle(options, UniversalCompaction)),
        ("1 background job", (_, _, options) => LibRocksDb.OptionsSetMaxBackgroundJobs(options, 1)),
        ("4 background jobs", (_, _, options) => LibRocksDb.OptionsSetMaxBackgroundJobs(options, 4)),
        ("memtables 32 / 96 MB", (_, _, options) => SetMemtables(options, 32, 96)),
        ("memtables 64 / 192 MB", (_, _, options) => SetMemtables(options, 64, 192)),
        ("bytes_per_sync 1 MB", (_, _, options) =>
        {
            RocksNative.SetBytesPerSync(options, 1024 * 1024);
            RocksNative.SetWalBytesPerSync(options, 1024 * 1024);
        }),
        ("pipelined write", (_, _, options) => RocksNative.SetEnablePipelinedWrite(options, 1)),
    ];

    /// <summary>The family "default" gets it first and shares it with nobody, so each column has its own: sizes are a column's.</summary>
    private static void SetCache(nint table, int megabytes)
    {
        nint cache = LibRocksDb.CacheCreateLru((nuint)megabytes * 1024 * 1024 / 4);
        LibRocksDb.TableOptionsSetBlockCache(table, cache);
        LibRocksDb.CacheDestroy(cache);
    }

    /// <summary>What the variant of a name changes; throws where there is none.</summary>
    public static RocksOptions.Adjust? Of(string name) => All.First(each => each.Name == name).Adjust;

    private static void SetMemtables(nint options, int eachMegabytes, int allMegabytes)
    {
        LibRocksDb.OptionsSetWriteBufferSize(options, (nuint)eachMegabytes * 1024 * 1024);
        LibRocksDb.OptionsSetDbWriteBufferSize(options, (nuint)allMegabytes * 1024 * 1024);
    }
}
