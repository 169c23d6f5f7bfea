using System.Collections.Generic;
using System.Linq;
using Chain.Node.Storage.Rocks;
using Chain.StateMachine.Store;
using RocksDbSharp;

namespace Chain.Benchmarks;

/// <summary>The node's options of the database, and each of those that were considered in their place.</summary>
internal static class RocksVariants
{
    private const double BloomBits = 10;
    private const ulong Megabyte = 1024 * 1024;

    public static IReadOnlyList<(string Name, RocksOptions.Adjust? Adjust)> All { get; } =
    [
        ("node", null),
        ("no bloom", (_, table, _, _) => table.SetFilterPolicy(0)),
        ("ribbon from level 1", (_, table, _, _) =>
            table.SetFilterPolicy(Native.Instance.rocksdb_filterpolicy_create_ribbon_hybrid(BloomBits, 1))),
        ("no memtable bloom", (_, _, family, _) => family.SetMemtablePrefixBloomSizeRatio(0)),
        ("prefix 9 on state", (column, _, family, _) =>
        {
            if (column == Column.State) family.SetPrefixExtractor(SliceTransform.CreateFixedPrefix(9));
        }),
        ("filters outside cache", (_, table, _, _) => table.SetCacheIndexAndFilterBlocks(false)),
        ("cache 16 MB", (_, table, _, _) => SetCache(table, 16)),
        ("cache 256 MB", (_, table, _, _) => SetCache(table, 256)),
        ("blocks of 4 KB", (_, table, _, _) => table.SetBlockSize(4 * 1024)),
        ("blocks of 16 KB", (_, table, _, _) => table.SetBlockSize(16 * 1024)),
        ("no compression", (_, _, family, _) => family.SetCompression(Compression.No)),
        ("LZ4 for nodes too", (_, _, family, _) => family.SetCompression(Compression.Lz4)),
        ("ZSTD at the bottom", (column, _, family, _) =>
        {
            if (column != Column.Nodes) Native.Instance.rocksdb_options_set_bottommost_compression(family.Handle, (int)Compression.Zstd);
        }),
        ("fixed level sizes", (_, _, family, _) => family.SetLevelCompactionDynamicLevelBytes(false)),
        ("universal compaction", (_, _, family, _) => family.SetCompactionStyle(Compaction.Universal)),
        ("1 background job", (_, _, _, database) => RocksNative.SetMaxBackgroundJobs(database, 1)),
        ("4 background jobs", (_, _, _, database) => RocksNative.SetMaxBackgroundJobs(database, 4)),
        ("memtables 32 / 96 MB", (_, _, family, database) => SetMemtables(family, database, 32, 96)),
        ("memtables 64 / 192 MB", (_, _, family, database) => SetMemtables(family, database, 64, 192)),
        ("bytes_per_sync 1 MB", (_, _, _, database) =>
        {
            database.SetBytesPerSync(Megabyte);
            Native.Instance.rocksdb_options_set_wal_bytes_per_sync(database.Handle, Megabyte);
        }),
        ("pipelined write", (_, _, _, database) => Native.Instance.rocksdb_options_set_enable_pipelined_write(database.Handle, 1)),
        ("tables of format 5", (_, table, _, _) => table.SetFormatVersion(5)),
    ];

    /// <summary>The family "default" gets it first and shares it with nobody, so each column has its own: sizes are a column's.</summary>
    private static void SetCache(BlockBasedTableOptions table, ulong megabytes) =>
        table.SetBlockCache(Cache.CreateLru(megabytes * Megabyte / 4));

    /// <summary>What the variant of a name changes; throws where there is none.</summary>
    public static RocksOptions.Adjust? Of(string name) => All.First(each => each.Name == name).Adjust;

    private static void SetMemtables(ColumnFamilyOptions family, DbOptions database, ulong eachMegabytes, ulong allMegabytes)
    {
        family.SetWriteBufferSize(eachMegabytes * Megabyte);
        database.SetDbWriteBufferSize(allMegabytes * Megabyte);
    }
}
