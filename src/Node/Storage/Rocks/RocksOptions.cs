using System;
using Chain.StateMachine.Store;
using RocksDbSharp;

namespace Chain.Node.Storage.Rocks;

/// <summary>How the database is opened: one column family for each <see cref="Column"/>, sized for a node of a few hundred MB.</summary>
internal static class RocksOptions
{
    private const int CacheBytes = 64 * 1024 * 1024;
    private const int MemtableBytes = 8 * 1024 * 1024;

    private const int MemtablesPerFamily = 3;

    /// <summary>Of a memtable, for its bloom filter: a read of a key that it lacks then costs next to nothing.</summary>
    private const double MemtableBloomShare = 0.02;
    private const ulong TableBlockBytes = 4 * 1024;
    private const ulong LargeTableBlockBytes = 16 * 1024;

    /// <summary>
    /// Writable memtables of all columns together. Passing it flushes the oldest that is not being flushed, so a disk slower than its writer lets
    /// it be passed, up to <see cref="MemtableBytes"/> × <see cref="MemtablesPerFamily"/> a column.
    /// </summary>
    private const int MemtablesBytes = 24 * 1024 * 1024;
    private const int WalBytes = 256 * 1024 * 1024;
    private const int LogFileBytes = 4 * 1024 * 1024;
    private const int LogFiles = 4;
    private const int BackgroundJobs = 2;
    private const int BloomBitsPerKey = 10;

    /// <summary>Changes the options of a column, of its tables and of the database before it is opened.</summary>
    public delegate void Adjust(Column column, BlockBasedTableOptions table, ColumnFamilyOptions family, DbOptions database);

    /// <summary>Opens or creates the database. Throws <see cref="StorageException"/>.</summary>
    /// <param name="adjust">For the benchmark, which compares these options with others; null in a node.</param>
    public static RocksDatabase Open(string directory, Adjust? adjust = null)
    {
        RocksLibrary.Load();
        (DbOptions options, ColumnFamilies families) = Create(adjust);
        try
        {
            RocksDb database = RocksDb.Open(options, directory, families);
            return new RocksDatabase(database, Array.ConvertAll(Enum.GetValues<Column>(), column => database.GetColumnFamily(NameOf(column))));
        }
        catch (RocksDbException exception)
        {
            throw RocksErrors.Of($"The database {directory} cannot be opened", exception);
        }
    }

    public static (DbOptions Database, ColumnFamilies Families) Create(Adjust? adjust = null)
    {
        DbOptions options = CreateDatabase();
        Cache cache = Cache.CreateLru(CacheBytes);
        Column[] columns = Enum.GetValues<Column>();
        // The family "default" must be opened as well; it stays empty.
        ColumnFamilies families = new(Create((Column)columns.Length, cache, options, adjust));
        foreach (Column column in columns) families.Add(NameOf(column), Create(column, cache, options, adjust));
        return (options, families);
    }

    private static string NameOf(Column column) => column.ToString().ToLowerInvariant();

    private static DbOptions CreateDatabase()
    {
        DbOptions options = new DbOptions()
            .SetCreateIfMissing()
            .SetCreateMissingColumnFamilies()
            // Up to the first torn record, nothing after it.
            .SetWalRecoveryMode(Recovery.PointInTime)
            .SetDbWriteBufferSize(MemtablesBytes)
            .SetMaxTotalWalSize(WalBytes)
            .SetKeepLogFileNum(LogFiles)
            .SetMaxLogFileSize(LogFileBytes)
            // The library's own log lies beside the data: on a full disk it would take room that the data needs.
            .SetInfoLogLevel(InfoLogLevel.Fatal);
        RocksNative.SetMaxBackgroundJobs(options, BackgroundJobs);
        return options;
    }

    private static ColumnFamilyOptions Create(Column column, Cache cache, DbOptions database, Adjust? adjust)
    {
        BlockBasedTableOptions table = new BlockBasedTableOptions()
            .SetBlockCache(cache)
            .SetFilterPolicy(BloomFilterPolicy.Create(BloomBitsPerKey, use_block_based_builder: false))
            .SetCacheIndexAndFilterBlocks(true)
            .SetPinL0FilterAndIndexBlocksInCache(true)
            .SetBlockSize(column is Column.Nodes ? LargeTableBlockBytes : TableBlockBytes);
        ColumnFamilyOptions options = new ColumnFamilyOptions()
            .SetWriteBufferSize(MemtableBytes)
            .SetMaxWriteBufferNumber(MemtablesPerFamily)
            .SetMemtablePrefixBloomSizeRatio(MemtableBloomShare)
            .SetLevelCompactionDynamicLevelBytes(true)
            // Tree nodes are hashes: nothing to compress.
            .SetCompression(column is Column.Nodes ? Compression.No : Compression.Lz4);
        RocksNative.SetMemtableWholeKeyFiltering(options);
        adjust?.Invoke(column, table, options, database);
        return options.SetBlockBasedTableFactory(table);
    }
}
