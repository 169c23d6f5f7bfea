using System;
using System.Runtime.InteropServices;
using Chain.StateMachine.Store;

namespace Chain.Node.Storage.Rocks;

/// <summary>How the database is opened: one column family for each <see cref="Column"/>, sized for a node of a few hundred MB.</summary>
internal static unsafe class RocksOptions
{
    private const int CacheBytes = 64 * 1024 * 1024;
    private const int MemtableBytes = 8 * 1024 * 1024;

    private const int MemtablesPerFamily = 3;

    /// <summary>Of a memtable, for its bloom filter: a read of a key that it lacks then costs next to nothing.</summary>
    private const double MemtableBloomShare = 0.02;
    private const int TableBlockBytes = 4 * 1024;
    private const int LargeTableBlockBytes = 16 * 1024;

    /// <summary>All memtables together: what memory and the replay after a kill are bounded by.</summary>
    private const int MemtablesBytes = 24 * 1024 * 1024;
    private const int WalBytes = 256 * 1024 * 1024;
    private const int LogFileBytes = 4 * 1024 * 1024;
    private const int LogFiles = 4;
    private const int BackgroundJobs = 2;
    private const double BloomBitsPerKey = 10;

    /// <summary><c>kPointInTimeRecovery</c>: up to the first torn record, nothing after it.</summary>
    private const int PointInTimeRecovery = 2;

    /// <summary>
    /// The library's own log lies beside the data. When the disk is full its second failed line trips an assertion in Debian's
    /// build and aborts the process, instead of the error that this binding reports.
    /// </summary>
    private const int LogFatalOnly = 4;
    private const int NoCompression = 0;
    private const int Lz4Compression = 4;

    /// <summary>Changes the native table options and options of a column before it is opened.</summary>
    public delegate void Adjust(Column column, nint tableOptions, nint options);

    /// <summary>Opens or creates the database. Throws <see cref="StorageException"/>.</summary>
    /// <param name="adjust">For the benchmark, which compares these options with others; null in a node.</param>
    public static RocksDatabaseHandle Open(string directory, Adjust? adjust = null)
    {
        // Family 0, "default", must be opened as well; it stays empty. It goes last so that the others stand at their column's index.
        string[] names = [.. Array.ConvertAll(Enum.GetNames<Column>(), name => name.ToLowerInvariant()), "default"];
        nint cache = LibRocksDb.CacheCreateLru(CacheBytes);
        nint[] options = new nint[names.Length];
        for (int i = 0; i < options.Length; i++) options[i] = Create((Column)i, cache, adjust);
        try
        {
            return Open(directory, names, options);
        }
        finally
        {
            // The database has copied the options and shares the cache.
            foreach (nint each in options) LibRocksDb.OptionsDestroy(each);
            LibRocksDb.CacheDestroy(cache);
        }
    }

    private static RocksDatabaseHandle Open(string directory, string[] names, nint[] options)
    {
        nint[] families = new nint[names.Length];
        nint[] nativeNames = Array.ConvertAll(names, Marshal.StringToCoTaskMemUTF8);
        nint database;
        byte* error = null;
        fixed (nint* namesStart = nativeNames, optionsStart = options, familiesStart = families)
        {
            database = LibRocksDb.OpenColumnFamilies(
                options[0], directory, names.Length, namesStart, optionsStart, familiesStart, &error);
        }
        Array.ForEach(nativeNames, Marshal.FreeCoTaskMem);
        RocksErrors.ThrowIfSet(error, $"The database {directory} cannot be opened");
        return new RocksDatabaseHandle(database, families);
    }

    private static nint Create(Column column, nint cache, Adjust? adjust)
    {
        nint table = LibRocksDb.TableOptionsCreate();
        LibRocksDb.TableOptionsSetBlockCache(table, cache);
        LibRocksDb.TableOptionsSetFilterPolicy(table, LibRocksDb.FilterPolicyCreateBloomFull(BloomBitsPerKey));
        LibRocksDb.TableOptionsSetCacheIndexAndFilterBlocks(table, 1);
        LibRocksDb.TableOptionsSetPinL0FilterAndIndexBlocksInCache(table, 1);
        LibRocksDb.TableOptionsSetBlockSize(table, (nuint)(column is Column.Nodes ? LargeTableBlockBytes : TableBlockBytes));

        nint options = LibRocksDb.OptionsCreate();
        LibRocksDb.OptionsSetCreateIfMissing(options, 1);
        LibRocksDb.OptionsSetCreateMissingColumnFamilies(options, 1);
        LibRocksDb.OptionsSetWalRecoveryMode(options, PointInTimeRecovery);
        LibRocksDb.OptionsSetWriteBufferSize(options, MemtableBytes);
        LibRocksDb.OptionsSetMaxWriteBufferNumber(options, MemtablesPerFamily);
        LibRocksDb.OptionsSetMemtablePrefixBloomSizeRatio(options, MemtableBloomShare);
        LibRocksDb.OptionsSetMemtableWholeKeyFiltering(options, 1);
        LibRocksDb.OptionsSetDbWriteBufferSize(options, MemtablesBytes);
        LibRocksDb.OptionsSetMaxTotalWalSize(options, WalBytes);
        LibRocksDb.OptionsSetLevelCompactionDynamicLevelBytes(options, 1);
        // Tree nodes are hashes: nothing to compress.
        LibRocksDb.OptionsSetCompression(options, column is Column.Nodes ? NoCompression : Lz4Compression);
        LibRocksDb.OptionsSetMaxBackgroundJobs(options, BackgroundJobs);
        LibRocksDb.OptionsSetKeepLogFileNum(options, LogFiles);
        LibRocksDb.OptionsSetMaxLogFileSize(options, LogFileBytes);
        LibRocksDb.OptionsSetInfoLogLevel(options, LogFatalOnly);
        adjust?.Invoke(column, table, options);
        LibRocksDb.OptionsSetBlockBasedTableFactory(options, table);
        LibRocksDb.TableOptionsDestroy(table);
        return options;
    }
}
